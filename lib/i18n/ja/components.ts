import type { components as english } from '../en/components';

/** リポジトリの構成要素 */
export const components: typeof english = {
  title: 'コンポーネント',
  root: 'ルートフォルダー',
  lead: (count, alone, number) =>
    `監査 #${number} の時点で、コンポーネントは${count}個です。${
      alone === 0 ? '1人だけが知るものはありません。' : `うち${alone}個は1人だけが知っています。`
    }`,
  none: 'まだ集計がありません。次に監査が完了すると表示されます。',
  noCode: '集計できる本番コードがありません。',
  tooLittle: '判定には少量',
  about:
    '点数は、ファイルを1つずつ見るルールによるものです。「判定には少量」はコードが500行未満であることを示します。「知る人」は、何人が去るとファイルの半数超で知る人がいなくなるかを表します。「人数」と「主な担当の割合」は直近12か月の変更から数えます。個人名は意図的に示しません。',
  columns: {
    name: 'コンポーネント',
    files: 'ファイル',
    lines: '行数',
    tests: 'テスト行数',
    truckFactor: '知る人',
    authors: '人数',
    mainShare: '主な担当の割合',
  },
};
