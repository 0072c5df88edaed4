import type { Crm } from '../crm.mts';
import { moduleNamed } from '../crm.mts';
import type { Fields } from './recordStore.mts';
import { checkRecord } from './recordValidation.mts';
import { storeNewRecord } from './recordWriting.mts';

/**
 * Puts a record into the CRM as if it had been there before. Read-only fields such as `Converted__s` may be given.
 *
 * @returns its id
 * @throws Error for an unknown field or an invalid value: a test must not build on a record that cannot exist
 */
export function seedRecord(crm: Crm, moduleName: string, sent: Fields, indexLagMs: number): string {
	const module = moduleNamed(crm, moduleName);
	const known = new Set([...module.fields.map(({ apiName }) => apiName), '$se_module']);
	const unknown = Object.keys(sent).filter((name) => !known.has(name));
	if (unknown.length > 0) {
		throw new Error(`${moduleName} has no field ${unknown.join(', ')}`);
	}
	const checked = checkRecord(crm, module, sent);
	if ('problem' in checked) {
		throw new Error(`${moduleName} refuses the record: ${JSON.stringify(checked.problem)}`);
	}
	const readOnly = Object.fromEntries(
		module.fields
			.filter(({ readOnly, apiName }) => readOnly && sent[apiName] !== undefined)
			.map(({ apiName }) => [apiName, sent[apiName]]),
	);
	const fields = { ...checked.fields, ...readOnly };
	return storeNewRecord(crm, module, fields, crm.users[0].id, indexLagMs).id;
}
