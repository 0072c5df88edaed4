import type { ILoadOptionsFunctions, INodePropertyOptions } from 'n8n-workflow';
import { forEditor } from '../../../actions/forEditor';
import { deskRecordPath } from '../../transport/deskPaths';
import { zohoDeskClient, type ZohoDeskClient } from '../../transport/zohoDesk';
import { enabledDepartments } from '../metadata/departments';
import { fieldsOf, ticketStatuses, valuesOf, type DeskField } from '../metadata/fields';
import { supportAddresses } from '../metadata/supportAddresses';
import { currentKind } from './currentKind';

/** The fields of the resource's module, by label. */
export const getFields = forEditor(async (context): Promise<INodePropertyOptions[]> => {
	return fieldOptions(await fieldsOf(await zohoDeskClient(context), currentKind(context).module));
});

/** The fields of tickets, by label; what a trigger watches. */
export const getTicketFields = forEditor(async (context): Promise<INodePropertyOptions[]> => {
	return fieldOptions(await fieldsOf(await zohoDeskClient(context), 'tickets'));
});

/** The departments that are in use, by name. */
export const getDepartments = forEditor(async (context): Promise<INodePropertyOptions[]> => {
	const departments = await enabledDepartments(await zohoDeskClient(context));
	return departments
		.map(({ id, name }) => ({ name, value: id }))
		.sort((one, other) => one.name.localeCompare(other.name));
});

/** In the order in which Zoho shows them, those of the chosen department. */
export const getTicketStatuses = forEditor(async (context) => {
	const client = await zohoDeskClient(context);
	return (await ticketStatuses(client, currentDepartment(context))).map(asOption);
});

export const getTicketPriorities = ticketValues('priority');

export const getTicketClassifications = ticketValues('classification');

function fieldOptions(fields: readonly DeskField[]): INodePropertyOptions[] {
	return fields
		.map(({ displayLabel, apiName }) => ({ name: displayLabel, value: apiName }))
		.sort((one, other) => one.name.localeCompare(other.name));
}

function ticketValues(apiName: string) {
	return forEditor(async (context) => {
		const client = await zohoDeskClient(context);
		const fields = await fieldsOf(client, 'tickets', currentDepartment(context));
		return valuesOf(fields, apiName).map(asOption);
	});
}

/** The value is the name that tickets show. */
export const getChannels = forEditor(async (context) => {
	const client = await zohoDeskClient(context);
	const { body } = await client.read({ method: 'GET', path: '/channels' });
	const channels = (body?.data ?? []) as Array<{ name?: string; code?: string }>;
	return channels.map(({ name, code }) => asOption(name ?? code ?? ''));
});

/** Of the department of the chosen ticket; without one of all departments. */
export const getSupportAddresses = forEditor(async (context) => {
	const client = await zohoDeskClient(context);
	const departments = await departmentsOfTicket(context, client);
	const addresses = await Promise.all(
		departments.map(async (id) => await supportAddresses(client, id)),
	);
	return [...new Set(addresses.flat())].sort().map(asOption);
});

async function departmentsOfTicket(
	context: ILoadOptionsFunctions,
	client: ZohoDeskClient,
): Promise<string[]> {
	const ticketId = String(
		context.getCurrentNodeParameter('recordId', { extractValue: true }) ?? '',
	).trim();
	// An expression has no value in the editor.
	if (!/^\d+$/.test(ticketId)) return (await enabledDepartments(client)).map(({ id }) => id);
	const { body } = await client.read({
		method: 'GET',
		path: deskRecordPath('tickets', ticketId),
	});
	return [String(body?.departmentId)];
}

function currentDepartment(context: ILoadOptionsFunctions): string {
	const department = context.getCurrentNodeParameter('department', { extractValue: true });
	return String(department ?? '').trim();
}

function asOption(value: string): INodePropertyOptions {
	return { name: value, value };
}
