import type { IExecuteFunctions } from 'n8n-workflow';
import { locatedValue } from '../../actions/locatedValue';
import { deskId } from '../transport/deskPaths';
import type { ZohoDeskClient } from '../transport/zohoDesk';
import { defaultDepartmentId } from './metadata/departments';
import { departmentLocator } from './parameters';
import { refusal } from './refusal';

/** The department that something new belongs to. */
export const departmentParameter = departmentLocator(
	'Empty is the default department of Zoho Desk, whose list costs three API credits every ten minutes',
);

/** @throws ServiceError if none is chosen and Zoho Desk names no default department */
export async function chosenDepartment(
	context: IExecuteFunctions,
	client: ZohoDeskClient,
	itemIndex: number,
): Promise<string> {
	const located = locatedValue(context, 'department', itemIndex, '');
	if (located !== '') return deskId(located);
	const id = await defaultDepartmentId(client);
	if (id !== null) return id;
	throw refusal(
		'The parameter Department is empty, and Zoho Desk names no default department that the connected agent sees',
		'Choose the department in the node, or have an administrator give that agent access to the default department.',
	);
}
