import type { Text } from '@/lib/magics/types';

/** Why a rule was not evaluated, by the reasons all rules share (`REASONS` of lib/magics/types.ts). */
export const REASON_TEXTS: Readonly<Record<string, Text>> = {
  'fact-missing': {
    en: 'facts are missing: {fact} ({cause})',
    ja: '必要な事実を読み取れませんでした：{fact}（{cause}）',
  },
  'too-little': { en: 'too little to judge, for information only', ja: '判定するには量が少ないため、参考値です' },
  'no-subjects': { en: 'nothing of its kind in the repository', ja: '対象となるものがリポジトリにありません' },
  'not-recognised': {
    en: 'no test was recognised in the {files} test files',
    ja: 'テストファイルは{files}件ありますが、テストとして認識できるものがありません',
  },
  shallow: {
    en: 'the clone is shallow; fetch the whole history with git fetch --unshallow',
    ja: '浅いクローンです。git fetch --unshallow で全履歴を取得してください',
  },
  'no-provider': {
    en: 'only the host of the repository knows it, and the host was not asked',
    ja: 'リポジトリのホストだけが持つ情報で、ホストには問い合わせていません',
  },
  'host-scope': {
    en: 'the credential of the connection may not read it; it needs: {needed}',
    ja: '接続の認証情報では読み取れません。必要な権限：{needed}',
  },
  'host-untold': {
    en: 'the host has no API that tells it',
    ja: 'ホストに、この情報を返す API がありません',
  },
  'host-limit': {
    en: 'the host takes no more requests for now, or the requests of one audit were spent',
    ja: 'ホストが今はこれ以上の要求を受け付けないか、1回の監査で使える要求を使い切りました',
  },
  'host-refused': {
    en: 'the host did not take the credential, or does not show the repository to it',
    ja: 'ホストが認証情報を受け付けないか、その認証情報にリポジトリを見せません',
  },
  'host-down': {
    en: 'the host gave no answer in time, or none that could be read',
    ja: 'ホストから時間内に、読み取れる応答がありませんでした',
  },
  'no-audits': {
    en: 'it needs an earlier audit of another commit, kept by a server',
    ja: 'サーバーに保存された、別のコミットの過去の監査結果が必要です',
  },
  'no-advisories': {
    en: 'no advisory data has been imported',
    ja: '脆弱性情報のデータが取り込まれていません',
  },
  'own-not-asked': {
    en: 'the files have not been asked since the rule is there; the next audit asks them',
    ja: 'ルールの追加後、まだファイルを調べていません。次の監査で調べます',
  },
  'own-unread': {
    en: '{files} {files|file|files} could not be asked, the first is {path} ({cause})',
    ja: '調べられなかったファイルが{files}件あります（最初のもの：{path}、{cause}）',
  },
  threw: { en: 'the rule ended with an error: {error}', ja: 'ルールがエラーで終了しました：{error}' },
  disabled: { en: 'switched off', ja: '無効にされています' },
};
