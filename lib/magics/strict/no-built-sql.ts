import * as z from 'zod';
import { defineRule } from '../define';
import { flawsOf } from '../security-flaws';

const FORMS = new Set(['sql-value', 'sql-name'] as const);
const RUNS = /(?:^|\.)(?:execute\w{0,10}|query\w{0,10}|exec|executemany|raw|rawQuery|select_all|find_by_sql|prepare)$/i;

export const noBuiltSql = defineRule({
  id: 'strict/no-built-sql',
  catalogue: 'STR-X3',
  group: 'security',
  severity: 'high',
  confidence: 0.8,
  needs: ['securityFlaws'],
  limits: { per: 'sites', good: 0, bad: 5 },
  references: [
    'https://cwe.mitre.org/data/definitions/89.html',
    'https://owasp.org/Top10/A03_2021-Injection/',
    'https://cheatsheetseries.owasp.org/cheatsheets/SQL_Injection_Prevention_Cheat_Sheet.html',
    'https://bandit.readthedocs.io/en/latest/plugins/b608_hardcoded_sql_expressions.html',
  ],
  tags: [
    'CWE-89',
    'OWASP A03',
    'PCI DSS 6.2.4',
    'ISO27001 A.8.28',
    'SSDF PW.5.1',
    'HIPAA 164.312(a)(1)',
    'HIPAA 164.312(c)(1)',
    'GDPR 32(1)(b)',
  ],
  terms: ['sql injection', 'sqli', 'sql インジェクション', 'sqlインジェクション'],
  options: z.object({}),

  title: { en: 'No statement put together from values', ja: '値を連結して SQL 文を組み立てない' },
  why: {
    en: 'A value that holds a quote becomes part of the statement: it can read or delete every row.',
    ja: '引用符を含む値は SQL 文の一部になり、すべての行を読んだり消したりできてしまいます。',
  },
  fix: {
    en: 'Give values as parameters of the statement. Take names of tables and columns from a fixed list.',
    ja: '値はパラメータとして渡してください。表や列の名前は、決められた一覧から選んでください。',
  },
  messages: {
    value: {
      en: 'A value is put into this SQL statement as text.',
      ja: 'この SQL 文に、値が文字列として埋め込まれています。',
    },
    name: {
      en: '“{callee}” runs an SQL statement with a part chosen at run time.',
      ja: '「{callee}」が、一部を実行時に決めた SQL 文を実行しています。',
    },
  },
  examples: {
    bad: [
      {
        files: {
          'app/users.py':
            'def find(cursor, name):\n    cursor.execute("SELECT * FROM users WHERE name = \'%s\'" % name)\n',
        },
      },
      {
        files: {
          'app/people.py':
            'def find(cursor, name):\n    query = f"""\n    SELECT *\n    FROM users\n    WHERE name = {name}\n    """\n    return cursor.execute(query)\n',
        },
      },
      {
        files: {
          'src/users.ts': `export const find = (db: Db, name: string) => db.query(\`SELECT * FROM users WHERE name = '\${name}'\`);\n`,
        },
      },
      {
        files: {
          'src/users.js':
            'exports.find = (db, name) => db.query("SELECT * FROM users WHERE name = \'" + name + "\'");\n',
        },
      },
      {
        files: {
          'users.go':
            'package users\n\nimport "fmt"\n\nfunc find(db *DB, name string) {\n	db.Query(fmt.Sprintf("SELECT * FROM users WHERE name = \'%s\'", name))\n}\n',
        },
      },
      {
        files: {
          'src/main/java/a/Users.java':
            'package a;\nclass Users {\n  void find(Statement statement, String name) throws Exception {\n    statement.executeQuery("SELECT * FROM users WHERE name = \'" + name + "\'");\n  }\n}\n',
        },
      },
      {
        files: {
          'src/Users.cs':
            'class Users {\n  string Find(string name) => $"SELECT * FROM users WHERE name = \'{name}\'";\n}\n',
        },
      },
      {
        files: {
          'src/users.php':
            '<?php\nfunction find($db, $name) {\n  return $db->query("SELECT * FROM users WHERE name = \'$name\'");\n}\n',
        },
      },
      {
        files: {
          'app/users.rb': 'def find(db, name)\n  db.execute("SELECT * FROM users WHERE name = \'#{name}\'")\nend\n',
        },
      },
      {
        files: {
          'src/main/kotlin/Users.kt':
            'fun find(db: Db, name: String) = db.rawQuery("SELECT * FROM users WHERE name = \'$name\'", null)\n',
        },
      },
      {
        files: {
          'src/users.rs':
            'fn find(name: &str) -> String {\n    format!("SELECT * FROM users WHERE name = \'{}\'", name)\n}\n',
        },
      },
      {
        files: {
          'src/users.c':
            'void find(char *out, const char *name) {\n  snprintf(out, 200, "SELECT * FROM users WHERE name = \'%s\'", name);\n}\n',
        },
      },
    ],
    good: [
      {
        files: {
          'src/groups.js':
            "const slots = ids.map(() => '?').join(',');\nawait db.exec(`DELETE FROM groups WHERE id NOT IN (\x24{slots}) AND page = ?`, [...ids, page]);\n",
        },
      },
      {
        files: {
          'app/users.py':
            'TABLE = "users"\n\n\ndef find(cursor, name):\n    cursor.execute(f"SELECT * FROM {TABLE} WHERE name = %s", (name,))\n    cursor.execute("SELECT * FROM users WHERE id = %d" % int(name))\n',
        },
      },
      {
        files: {
          'src/users.ts': `export const find = (name: string) => sql\`SELECT * FROM users WHERE name = \${name}\`;\nexport const all = (db: Db, ids: string[]) => db.query(\`SELECT * FROM users WHERE id IN (\${ids.map(() => '?').join()})\`, ids);\n`,
        },
      },
      {
        files: {
          'src/menu.py':
            'def label(name):\n    print(f"Select {name} from the list, then update = {name}")\n    return "Delete from basket: %s" % name\n',
        },
      },
      {
        files: {
          'users.go':
            'package users\n\nimport "fmt"\n\nfunc find(db *DB, id int) {\n	db.Query("SELECT * FROM users WHERE id = $1", id)\n	db.Query(fmt.Sprintf("SELECT * FROM users LIMIT %d", id))\n}\n',
        },
      },
      {
        files: {
          'src/main/java/a/Users.java':
            'package a;\nclass Users {\n  String find() {\n    return "SELECT id, name " + "FROM users " + "WHERE name = ?";\n  }\n}\n',
        },
      },
      {
        files: {
          'src/Users.cs':
            'class Users {\n  object Find(Db db, string name) => db.Users.FromSqlInterpolated($"SELECT * FROM users WHERE name = {name}");\n}\n',
        },
      },
      {
        files: {
          'src/builder.php':
            "<?php\nfunction insert($table, $keys, $values) {\n  return 'INSERT INTO ' . $table . ' (' . implode(', ', $keys) . ') VALUES (' . implode(', ', $values) . ')';\n}\n",
        },
      },
      {
        files: {
          'app/users.rb': 'def find(db, name)\n  db.execute("SELECT * FROM users WHERE name = ?", name)\nend\n',
        },
      },
    ],
  },

  *check({ securityFlaws }) {
    let shipped = 0;
    for (const { row, isScript } of flawsOf(securityFlaws, FORMS)) {
      const isValue = row.form === 'sql-value';
      if (!isValue && !RUNS.test(row.callee)) continue;
      const weight = !isScript && isValue ? 1 : 0;
      shipped += weight;
      yield {
        messageId: isValue ? 'value' : 'name',
        data: { callee: row.callee },
        location: { path: row.path, line: row.line },
        evidence: row.text,
        severity: isScript || !isValue ? 'low' : 'high',
        confidence: isValue ? 0.8 : 0.5,
        anchor: row.text,
        weight,
      };
    }
    return { value: shipped };
  },
});
