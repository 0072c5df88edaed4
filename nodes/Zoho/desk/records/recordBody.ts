import type { IDataObject } from 'n8n-workflow';

/** How Desk names the fields that an organisation has added (zoho-desk.md, 3.1). */
const CUSTOM_FIELD = /^cf_/;

/** The body of a write: custom fields stand below `cf`, all others beside it. */
export function recordBody(fields: IDataObject): IDataObject {
	const names = Object.keys(fields);
	const custom = names.filter((name) => CUSTOM_FIELD.test(name));
	const standard = names.filter((name) => !CUSTOM_FIELD.test(name) && name !== 'cf');
	const cf = { ...(fields.cf as IDataObject | undefined), ...picked(fields, custom) };
	return {
		...picked(fields, standard),
		...(Object.keys(cf).length > 0 ? { cf } : {}),
	};
}

function picked(fields: IDataObject, names: readonly string[]): IDataObject {
	return Object.fromEntries(names.map((name) => [name, fields[name]]));
}
