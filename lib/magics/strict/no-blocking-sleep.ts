import * as z from 'zod';
import { defineRule } from '../define';
import { slowFormsOf } from '../slow-forms';

export const noBlockingSleep = defineRule({
  id: 'strict/no-blocking-sleep',
  catalogue: 'STR-C2',
  group: 'scalability',
  severity: 'medium',
  needs: ['slowForms'],
  limits: { per: 'sites', good: 0, bad: 3 },
  references: ['https://12factor.net/concurrency', 'https://cwe.mitre.org/data/definitions/400.html'],
  tags: ['CWE-400', 'ISO27001 A.8.6'],
  options: z.object({}),

  title: { en: 'Request handlers do not sleep', ja: 'リクエスト処理の中で眠らない' },
  why: {
    en: 'Each sleeping request keeps a worker from all others; a few visitors at once are enough to stop the service.',
    ja: '待っている間、そのワーカーは他のリクエストを処理できません。少数の同時アクセスだけでサービスが止まります。',
  },
  fix: {
    en: 'Hand slow work to a queue and answer at once, or wait for the event itself.',
    ja: '時間のかかる処理はキューに渡してすぐ応答するか、待っている出来事そのものを受け取る形にしてください。',
  },
  messages: {
    sleep: {
      en: '“{callee}” puts a worker to sleep while it handles a request.',
      ja: '「{callee}」が、リクエストを処理しているワーカーを眠らせます。',
    },
  },
  examples: {
    bad: [
      {
        files: {
          'app/views.py':
            'import time\n\n\n@app.route("/report")\ndef report():\n    time.sleep(2)\n    return render("report")\n',
        },
      },
      {
        files: {
          'report.go':
            'package web\n\nfunc report(w http.ResponseWriter, r *http.Request) {\n\ttime.Sleep(2 * time.Second)\n\tw.WriteHeader(200)\n}\n',
        },
      },
      {
        files: {
          'src/ReportController.java':
            'class ReportController {\n  @GetMapping("/report")\n  String report() throws InterruptedException {\n    Thread.sleep(2000);\n    return "report";\n  }\n}\n',
        },
      },
      {
        files: {
          'app/controllers/reports_controller.rb':
            'class ReportsController < ApplicationController\n  def show\n    sleep 2\n    render :show\n  end\nend\n',
        },
      },
    ],
    good: [
      {
        files: {
          'app/poll.py': 'import time\n\n\ndef poll(queue):\n    while queue.is_empty():\n        time.sleep(2)\n',
        },
      },
      {
        files: {
          'report.go':
            'package web\n\nfunc report(w http.ResponseWriter, r *http.Request) {\n\tgo func() {\n\t\ttime.Sleep(2 * time.Second)\n\t\tcleanUp()\n\t}()\n\tw.WriteHeader(202)\n}\n',
        },
      },
      {
        files: {
          'app/views.py':
            'import asyncio\n\n\n@app.get("/report")\nasync def report():\n    await asyncio.sleep(2)\n    return {}\n',
        },
      },
      {
        files: {
          'src/Worker.java':
            'class Worker {\n  void run() throws InterruptedException {\n    while (true) {\n      Thread.sleep(2000);\n      step();\n    }\n  }\n}\n',
        },
      },
    ],
  },

  *check({ slowForms }) {
    yield* slowFormsOf(slowForms, { form: 'blocking-sleep', countsScripts: true, messageId: 'sleep' });
  },
});
