import type { Messages } from '../messages';

export const exports: Messages['exports'] = {
  menu: '書き出し',
  menuOf: (number) => `監査 #${number} を書き出し`,
  asAudited: (number) => `監査 #${number} の時点の指摘を、この画面の絞り込みで書き出します`,
  noAssignee: '監査は担当者の情報を持たないため、担当者の絞り込みは反映されません',
  formats: {
    html: { name: 'HTML レポート', about: '1ページで閲覧・印刷' },
    pdf: { name: 'PDF レポート', about: '送付・保管用' },
    csv: { name: 'CSV', about: '表計算ソフト用' },
    json: { name: 'JSON', about: 'すべての値（プログラム用）' },
    sarif: { name: 'SARIF 2.1.0', about: 'GitHub Code Scanning 用' },
    junit: { name: 'JUnit XML', about: 'ビルドサーバー用' },
    gitlab: { name: 'GitLab Code Quality', about: 'マージリクエスト用' },
    cyclonedx: { name: 'CycloneDX 1.6', about: '部品表（SBOM）' },
  },
  evidence: {
    title: '証跡',
    signed: (sequence) => `署名済み（プロジェクトの証跡チェーンの ${sequence} 番目）`,
    key: '鍵',
    keyLabel: '鍵のID',
    download: 'ダウンロード',
    chain: 'チェーン全体',
    keys: '公開鍵',
    verify: 'このサーバーがなくても、次のコマンドで検証できます：',
    command: 'コマンド',
    notYet: '監査の終了後に表示します',
    none: 'なし：証跡の導入後に完了（一部のみを含む）した監査だけに付きます',
  },
};
