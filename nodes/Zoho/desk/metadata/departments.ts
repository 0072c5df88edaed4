import type { IDataObject } from 'n8n-workflow';
import { timedCache } from '../../../transport/timedCache';
import type { ZohoDeskClient } from '../../transport/zohoDesk';

/** The parts of a Zoho Desk department that this package uses; Zoho sends more. */
export interface DeskDepartment extends IDataObject {
	id: string;
	name: string;
	isEnabled: boolean;
	isDefault: boolean;
}

const DEPARTMENTS_MAX_AGE_MS = 600_000;
const cached = timedCache<DeskDepartment[]>(DEPARTMENTS_MAX_AGE_MS);

/**
 * Departments of the organisation. Three credits per 50.
 *
 * @param filters parameters of Zoho's list, such as `isEnabled`
 * @param limit the most to return
 */
export async function listDepartments(
	client: ZohoDeskClient,
	filters: Record<string, string | boolean | undefined>,
	limit: number,
): Promise<DeskDepartment[]> {
	return (await client.list({ path: '/departments', query: filters, limit })) as DeskDepartment[];
}

/** The departments that are in use, kept for ten minutes. */
export async function enabledDepartments(client: ZohoDeskClient): Promise<DeskDepartment[]> {
	return await cached(
		client.organizationKey,
		async () => await listDepartments(client, { isEnabled: true }, Number.POSITIVE_INFINITY),
	);
}

/** The one that Zoho Desk uses where none is named; null if it names none. Cached as the list of departments. */
export async function defaultDepartmentId(client: ZohoDeskClient): Promise<string | null> {
	const departments = await enabledDepartments(client);
	return departments.find(({ isDefault }) => String(isDefault) === 'true')?.id ?? null;
}
