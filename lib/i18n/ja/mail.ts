import type { Messages } from '../messages';

export const mail: Messages['mail'] = {
  actionHelp: 'ボタンが動かない場合は、次のアドレスを開いてください。',
  sentBy: (server) => `このメールは ${server} の Ancient Elder が送信しました。返信しても誰にも届きません。`,
  invitation: {
    subject: (team) => `Ancient Elder のチーム「${team}」への招待`,
    lead: (inviter, team, role) => `${inviter}さんから、チーム「${team}」への招待が届いています（役割：${role}）。`,
    lasts: 'リンクはこのメールアドレスの人だけが使えます。7日間有効で、1回だけ使えます。',
    action: '招待を開く',
    ignore: '招待した人に心当たりがない場合は、このメールを無視してください。何も起こりません。',
  },
  password: {
    subject: 'Ancient Elder の新しいパスワードの設定',
    lead: 'このメールアドレスのパスワードを忘れたという申し出がありました。',
    lasts:
      'リンクから新しいパスワードを設定できます。1日間有効で、1回だけ使えます。設定すると、セッションはすべて終了します。',
    action: '新しいパスワードを設定',
    ignore:
      '心当たりがない場合は、このメールを無視してください。パスワードは変わりません。リンクは誰にも教えないでください。',
  },
};
