import type { IDataObject } from 'n8n-workflow';
import type { ZohoCrmClient } from '../../transport/zohoCrm';
import { coqlText } from '../caller/queries';
import { fieldsOf } from '../metadata/fields';
import { refusal } from '../refusal';

/** Zoho gives back the values of these types as they were sent. */
const FAITHFUL_TYPES = new Set(['text', 'email', 'phone', 'website', 'lookup']);

/** Zoho takes 50 columns in one query; some are for the times. */
const MOST_COMPARED = 40;

const MOST_ALIKE = 200;

/**
 * Records that hold what was sent, the newest first. One API credit.
 *
 * @param since in Zoho's format; those that were created before it do not count
 * @throws ServiceError when there is nothing to recognise the record by
 */
export async function findAlike(
	client: ZohoCrmClient,
	module: string,
	sent: IDataObject,
	since: string,
): Promise<IDataObject[]> {
	const fields = await fieldsOf(client, module);
	const compared = fields
		.filter(({ api_name, data_type }) => FAITHFUL_TYPES.has(data_type) && textOf(sent[api_name]))
		.slice(0, MOST_COMPARED);
	const names = compared.map(({ api_name }) => api_name);
	const [condition] = compared
		.filter(({ data_type }) => data_type !== 'lookup')
		.map(({ api_name }) => `${api_name} = ${coqlText(textOf(sent[api_name]))}`);
	if (!condition) {
		throw refusal(
			'The record holds no text by which it could be found again',
			'Look for it by its other fields.',
		);
	}
	const columns = ['id', 'Created_Time', 'Modified_Time', ...names].join(', ');
	const { data } = await client.coql(
		`select ${columns} from ${module} where (Created_Time >= ${coqlText(since)} and ${condition}) order by id desc limit ${MOST_ALIKE}`,
	);
	return data.filter((found) => names.every((name) => textOf(found[name]) === textOf(sent[name])));
}

/** Of a text or a lookup; empty for nothing. */
function textOf(value: unknown): string {
	const { id = value } = (value ?? {}) as { id?: unknown };
	return id === null || id === undefined || typeof id === 'object' ? '' : String(id).trim();
}
