// usage: node check-asyncapi.mjs FILE — the official parser's verdict on an AsyncAPI document.
import { readFileSync } from 'node:fs';
import { Parser } from '@asyncapi/parser';

const { document, diagnostics } = await new Parser().parse(readFileSync(process.argv[2], 'utf8'));
for (const one of diagnostics) {
  console.log(`${process.argv[2]}:${one.range.start.line + 1}: ${['error', 'warning', 'information', 'hint'][one.severity]} ${one.code}: ${one.message}`);
}

const mistakes = diagnostics.filter(one => one.severity === 0).length;
console.log(document && mistakes === 0 ? `ok: ${document.channels().all().length} channels, ${document.operations().all().length} operations` : `${mistakes} mistakes`);
process.exit(document && mistakes === 0 ? 0 : 1);
