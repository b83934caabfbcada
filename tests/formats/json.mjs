// json.mjs FOLDER: SARIF logs fit OASIS's schema, JSON reports ours, and what GitLab and reviewdog read fits what their
// documents say.
import {createRequire} from 'node:module';
import {readFileSync, readdirSync} from 'node:fs';
const require = createRequire(process.env.NODE_MODULES + '/');
const Ajv = require('ajv/dist/2020').default;
const formats = require('ajv-formats').default;

const folder = process.argv[2];
const read = (file) => JSON.parse(readFileSync(file, 'utf8'));
const source = new URL('../..', import.meta.url).pathname;
// https://docs.gitlab.com/ci/testing/code_quality/ "Code Quality report format"
const gitlab = {
  type: 'array',
  items: {
    type: 'object',
    required: ['description', 'check_name', 'fingerprint', 'severity', 'location'],
    properties: {
      description: {type: 'string', minLength: 1},
      check_name: {type: 'string'},
      fingerprint: {type: 'string', pattern: '^[0-9a-f]{32}$'},
      severity: {enum: ['info', 'minor', 'major', 'critical', 'blocker']},
      location: {
        type: 'object',
        required: ['path', 'lines'],
        properties: {
          path: {type: 'string', pattern: '^(?!/)(?!\\./)'},
          lines: {type: 'object', required: ['begin'], properties: {begin: {type: 'integer', minimum: 1}}},
        },
      },
    },
  },
};
// https://github.com/reviewdog/reviewdog/tree/master/proto/rdf
const place = {
  type: 'object',
  required: ['path'],
  additionalProperties: false,
  properties: {
    path: {type: 'string'},
    range: {
      type: 'object',
      additionalProperties: false,
      required: ['start'],
      properties: {start: {$ref: '#/$defs/position'}, end: {$ref: '#/$defs/position'}},
    },
  },
};
const severity = {enum: ['ERROR', 'WARNING', 'INFO', 'UNKNOWN_SEVERITY']};
const rdjson = {
  type: 'object',
  required: ['diagnostics'],
  additionalProperties: false,
  $defs: {
    position: {
      type: 'object',
      additionalProperties: false,
      required: ['line'],
      properties: {line: {type: 'integer', minimum: 1}, column: {type: 'integer', minimum: 1}},
    },
  },
  properties: {
    source: {type: 'object', required: ['name'], properties: {name: {type: 'string'}, url: {type: 'string'}}},
    severity,
    diagnostics: {
      type: 'array',
      items: {
        type: 'object',
        required: ['message', 'location'],
        additionalProperties: false,
        properties: {
          message: {type: 'string', minLength: 1},
          location: place,
          severity,
          source: {type: 'object'},
          code: {type: 'object', required: ['value'], properties: {value: {type: 'string'}, url: {type: 'string'}}},
          suggestions: {type: 'array'},
          relatedLocations: {
            type: 'array',
            items: {type: 'object', properties: {message: {type: 'string'}, location: place}},
          },
        },
      },
    },
  },
};
const schemas = {
  sarif: read(`${process.env.NODE_MODULES}/@microsoft/sarif-multitool-linux/sarif-2.1.0.json`),
  json: read(`${source}gate/reports/schema/report.schema.json`),
  gitlab,
  rdjson,
};

const ajv = new Ajv({strict: false, allErrors: false});
formats(ajv);
let count = 0, bad = 0;
for (const [ending, schema] of Object.entries(schemas)) {
  const fits = ajv.compile(schema);
  for (const name of readdirSync(folder).filter((name) => name.endsWith('.' + ending))) {
    count++;
    const text = readFileSync(`${folder}/${name}`, 'utf8');
    const document = JSON.parse(text);
    const problems = [];
    if (text.startsWith('\ufeff')) problems.push('begins with a mark');
    if (!fits(document)) problems.push(ajv.errorsText(fits.errors));
    // GitLab keeps one of equal fingerprints.
    if (ending === 'gitlab' && new Set(document.map((one) => one.fingerprint)).size !== document.length)
      problems.push('a fingerprint twice');
    if (problems.length === 0) continue;
    bad++;
    console.log(`${name}: ${problems.join('; ')}`);
  }
}
console.log(`${count} documents, ${bad} do not fit`);
process.exit(bad === 0 && count !== 0 ? 0 : 1);
