export const apiDocs = {
  title: 'API',
  lead: '画面でできることは、すべてプログラムからもできます。応答は camelCase の JSON、エラーは problem+json です。',
  document: 'OpenAPI 3.1 文書',
  authentication: {
    title: '認証',
    text: 'API トークンを Bearer として送ります。ブラウザーではセッションの Cookie が同じ働きをします。',
  },
  lists: {
    title: '一覧',
    text: '一覧は items と nextCursor を返します。次のページはそのカーソルを送り返して取得します。null なら最後のページです。',
  },
  routes: 'ルート',
  open: '誰でも使えます',
  parameters: 'パラメーター',
  body: '本文',
  required: '必須',
  answers: '応答',
  errors: { title: 'エラーコード', code: 'コード', status: '状態', meaning: '意味' },
};
