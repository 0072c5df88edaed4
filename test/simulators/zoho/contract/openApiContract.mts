import { readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import type { AnySchemaObject } from 'ajv';
import { Ajv } from 'ajv';
import { isObject } from '../crm/apiMessage.mts';

/** Where Zoho's descriptions refer to each other; nothing is fetched from there. */
const PUBLISHED_AT =
	'https://raw.githubusercontent.com/Zohocorp-Pvt-Ltd/crm-oas/refs/heads/main/v8.0/';

/** Something in the description that the service itself does not keep to, and why we believe so. */
export interface Correction {
	/** Name of the file without `.json`. */
	file: string;
	/** Name of the schema. */
	schema: string;
	correct: (schema: AnySchemaObject) => void;
	because: string;
}

/**
 * Reads Zoho's OpenAPI descriptions of the CRM.
 *
 * @returns a function that says what is wrong with a value by the named schema. Keys that the schema does not list are
 *   wrong too, which is stricter than OpenAPI: most of the schemas require nothing and would accept anything.
 */
export function loadContract(folder: string, corrections: Correction[]) {
	const ajv = new Ajv({ strict: false, allErrors: true, logger: false });
	ajv.addFormat('date-time', /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d([+-]\d\d:\d\d|Z)$/);
	ajv.addFormat('date', /^\d{4}-\d\d-\d\d$/);
	ajv.addFormat('int32', { type: 'number', validate: Number.isInteger });
	ajv.addFormat('double', { type: 'number', validate: Number.isFinite });
	const names = readdirSync(folder);
	for (const name of names) {
		const document = JSON.parse(readFileSync(join(folder, name), 'utf8')) as AnySchemaObject;
		const file = basename(name, '.json');
		for (const each of corrections.filter((correction) => correction.file === file)) {
			each.correct(document.components.schemas[each.schema]);
		}
		ajv.addSchema(asJsonSchema(document, names) as AnySchemaObject, PUBLISHED_AT + name);
	}
	return (file: string, schema: string, value: unknown): string[] => {
		const validate = ajv.getSchema(`${PUBLISHED_AT}${file}.json#/components/schemas/${schema}`);
		if (!validate) throw new Error(`There is no schema ${schema} in ${file}`);
		validate(value);
		return (validate.errors ?? []).map(
			({ instancePath, message, params }) =>
				`${instancePath || '/'} ${message} ${JSON.stringify(params)}`,
		);
	};
}

/**
 * OpenAPI 3.0 writes some things in its own way; Zoho uses `oneOf` where several may well apply.
 *
 * @param names the descriptions that are here; what refers to another one accepts everything
 */
function asJsonSchema(part: unknown, names: string[]): unknown {
	if (Array.isArray(part)) return part.map((each) => asJsonSchema(each, names));
	if (!isObject(part)) return part;
	if (typeof part.$ref === 'string' && part.$ref.startsWith(PUBLISHED_AT)) {
		const [name] = part.$ref.slice(PUBLISHED_AT.length).split('#');
		if (!names.includes(name)) return {};
	}
	const { nullable, oneOf, ...rest } = part;
	const schema = Object.fromEntries(
		Object.entries(rest).map(([name, value]) => [name, asJsonSchema(value, names)]),
	);
	if (oneOf) schema.anyOf = asJsonSchema(oneOf, names);
	if (isObject(schema.properties) && schema.type === 'object') {
		schema.additionalProperties ??= false;
	}
	if (!nullable) return schema;
	return { anyOf: [schema, { type: 'null' }] };
}
