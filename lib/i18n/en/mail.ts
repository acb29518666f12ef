/** Letters that the server sends. */
export const mail = {
  actionHelp: 'If the button does nothing, open this address:',
  sentBy: (server: string) => `Sent by Ancient Elder at ${server}. Nobody reads answers to it.`,
  invitation: {
    subject: (team: string) => `Invitation to ${team} on Ancient Elder`,
    lead: (inviter: string, team: string, role: string) =>
      `${inviter} invites you to the team “${team}” with the role ${role}.`,
    lasts: 'The link opens for this address alone, lasts seven days and works once.',
    action: 'Open the invitation',
    ignore: 'If you do not know who invites you, ignore this message: nothing happens.',
  },
  password: {
    subject: 'Choose a new password for Ancient Elder',
    lead: 'Somebody, probably you, said that the password of this address was forgotten.',
    lasts: 'With the link you choose a new one. It lasts a day and works once; all your sessions end then.',
    action: 'Choose a new password',
    ignore: 'If it was not you, ignore this message: your password stays as it is. Give the link to nobody.',
  },
};
