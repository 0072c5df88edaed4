import type { IDataObject } from 'n8n-workflow';
import { forEditor } from '../../../actions/forEditor';
import { matchingItems } from '../../../actions/matchingItems';
import { zohoDeskClient } from '../../transport/zohoDesk';
import { activeAgents, canBeAssigned } from '../metadata/agents';
import { enabledDepartments } from '../metadata/departments';
import { currentKind } from './currentKind';

const RECORDS_IN_LIST = 50;

/** The departments that are in use; the value is the id. */
export const searchDepartments = forEditor(async (context, filter?: string) => {
	const departments = await enabledDepartments(await zohoDeskClient(context));
	const results = departments
		.map(({ id, name }) => ({ name, value: id }))
		.sort((one, other) => one.name.localeCompare(other.name));
	return { results: matchingItems(results, filter) };
});

/** The agents to whom something can be given, by name and e-mail address; the value is the id. */
export const searchAgents = forEditor(async (context, filter?: string) => {
	const agents = await activeAgents(await zohoDeskClient(context));
	const results = agents
		.filter(canBeAssigned)
		.map(({ id, name, emailId }) => ({ name: `${name} (${emailId})`, value: id }))
		.sort((one, other) => one.name.localeCompare(other.name));
	return { results: matchingItems(results, filter) };
});

/** Contacts, accounts or tickets: those changed last, or those that begin with what is typed. */
export const searchRecords = forEditor(async (context, filter?: string) => {
	const { module } = currentKind(context);
	const client = await zohoDeskClient(context);
	const word = (filter ?? '').replace(/[*,?$}{]/g, ' ').trim();
	const records = await client.list({
		path: `/${module}/search`,
		query: { _all: word === '' ? undefined : `${word}*`, sortBy: '-modifiedTime' },
		limit: RECORDS_IN_LIST,
	});
	return { results: records.map(listedRecord) };
});

function listedRecord(record: IDataObject) {
	const { id, accountName, firstName, lastName, ticketNumber, subject, webUrl } = record;
	const name = ticketNumber
		? `#${String(ticketNumber)} ${String(subject)}`
		: (accountName ?? [firstName, lastName].filter(Boolean).join(' '));
	return { name: String(name), value: String(id), url: webUrl ? String(webUrl) : undefined };
}
