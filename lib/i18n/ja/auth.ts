import type { Messages } from '../messages';

export const auth: Messages['auth'] = {
  signIn: {
    title: 'サインイン',
    email: 'メールアドレス',
    password: 'パスワード',
    submit: 'サインイン',
    submitting: 'サインインしています',
    refused: 'メールアドレスまたはパスワードが違います。間違いが続くと、15分間サインインできなくなります。',
    failed: 'サーバーから応答がありません。接続を確認して、もう一度サインインしてください。',
    with: (name) => `${name}でサインイン`,
    or: 'または',
    providerRefused:
      'この方法ではサインインできませんでした。個人設定で接続済みの場合と、招待されていてアカウントがまだない確認済みのメールアドレスの場合に使えます。',
    firstTime: '初めての場合は、サーバーの起動時に表示された設定用リンクを開いてください。',
    showPassword: 'パスワードを表示',
    hidePassword: 'パスワードを隠す',
  },
  setup: {
    title: 'Ancient Elder の初期設定',
    lead: '最初のチームのオーナーになります。このリンクは1回だけ使えます。',
    name: 'お名前',
    teamName: 'チーム名',
    teamHelp: 'プロジェクトはチームに属し、メンバーだけが閲覧できます。',
    passwordHelp: '8文字以上にしてください。',
    again: 'パスワード（確認）',
    submit: 'オーナーを作成',
    submitting: '作成しています',
    gone: 'このリンクは使えません（使用済み、期限切れ、またはコピーの漏れ）。サーバーを再起動して新しいリンクを取得するか、サインインしてください。',
    missing: 'サーバーが表示したリンクと異なります。アドレス全体をコピーしてください。',
    toSignIn: 'サインインへ',
  },
  invalid: {
    email: 'name@example.com のようなメールアドレスを入力してください。',
    password: 'パスワードを入力してください。',
    name: 'お名前を入力してください。',
    teamName: 'チーム名を入力してください。',
    short: '8文字以上にしてください。',
    hidden: '見えない文字か、文字の向きを変える文字が含まれています。入力し直してください。',
    long: (most) => `${most}文字以内にしてください。`,
    different: '2つのパスワードが異なります。同じものを2回入力してください。',
  },
};
