import type { Messages } from '../messages';

const or = (items: readonly string[]) => items.join('、または');

export const gate: Messages['gate'] = {
  title: '品質ゲート',
  lead: '監査の合否と、その理由の1文を決めます。',
  says: 'ゲートの基準',
  sentence: {
    fails: (items) => `${or(items)}なら不合格です。`,
    warns: (items) => `${or(items)}なら警告です。`,
    neverFails: '不合格にはなりません。',
    neverWarns: '判定できないものがあるときだけ警告します。',
    newFindings: (severity, limit) =>
      limit === '0' ? `新しい「${severity}」の指摘が1件でもある` : `新しい「${severity}」の指摘が${limit}件を超える`,
    findings: (severity, limit) =>
      limit === '0'
        ? `未対応の「${severity}」の指摘が1件でもある`
        : `未対応の「${severity}」の指摘が${limit}件を超える`,
    health: (limit) => `健全度が${limit}未満`,
    magic: (magic, limit) => `${magic}が${limit}未満`,
    coverage: (share) => `新しい行のうちテストされた割合が${share}未満`,
    failedMagic: '不合格の魔法がある',
    since: {
      previous: 'このコミットより前のブランチになかったものを新しいとします。同じコミットを監査し直しても消えません。',
      merge_base: 'メインブランチから分かれた後のものを新しいとします。',
      date: (date) => `${date}以降のものを新しいとします。`,
      tag: (tag) => `タグ ${tag} より後のものを新しいとします。`,
      noDate: '新しいコードの起点となる日付が未入力です。',
      noTag: '新しいコードの起点となるタグの名前が未入力です。',
      last_passed: '最後に合格した監査より後のものを新しいとします。',
    },
    small: (lines) => `変更が${lines}行未満なら、新しい「緊急」の指摘だけを数えます。`,
  },
  groups: {
    new: { title: '新しいコード', about: '起点より後に加わったもの' },
    total: { title: '全体', about: 'プロジェクト全体' },
  },
  add: '条件を追加',
  remove: (name) => `条件を削除：${name}`,
  none: '条件はありません。',
  conditions: {
    newFindings: (severity) => `新しい「${severity}」の指摘`,
    findings: (severity) => `未対応の「${severity}」の指摘`,
    health: '健全度',
    magic: (magic) => `${magic}の点数`,
    coverage: '新しいコードのカバレッジ',
  },
  warnAbove: '超えると警告',
  failAbove: '超えると不合格',
  warnUnder: '未満で警告',
  failUnder: '未満で不合格',
  limitOf: (limit, condition) => `${condition}：${limit}`,
  touched: {
    none: '該当なし',
    failing: (count) => `${count}件が不合格`,
    warning: (count) => `${count}件が警告`,
    unknown: (count) => `${count}件は不明`,
  },
  noLimit: '値がない条件は何も判定せず、保存されません。値を入力するか、条件を削除してください。',
  wrongOrder: '警告の前に不合格になります。警告の値は先に達する側にしてください。',
  failedMagic: {
    label: '不合格の魔法',
    help: '全体の平均にかかわらず適用します。',
    choices: { ignored: '影響しない', warning: '警告にする', failed: '不合格にする' },
  },
  newCode: {
    title: '新しいとは',
    label: '新しいコードの起点',
    since: {
      previous: '直前の監査',
      merge_base: 'メインブランチとの分岐点',
      date: '日付',
      tag: 'タグ',
      last_passed: '最後に合格した監査',
    },
    date: '日付',
    tag: 'タグ',
    small: '小さな変更',
    smallUnit: '行',
    smallHelp: '変更がこの行数より少なければ、「緊急」以外の新しいコードの条件を適用しません。0なら常に適用します。',
  },
};
