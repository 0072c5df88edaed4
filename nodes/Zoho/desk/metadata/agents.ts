import type { IDataObject } from 'n8n-workflow';
import { timedCache } from '../../../transport/timedCache';
import type { ZohoDeskClient } from '../../transport/zohoDesk';

/** The parts of a Zoho Desk agent that this package uses; Zoho sends more. */
export interface DeskAgent extends IDataObject {
	id: string;
	name: string;
	emailId: string;
	/** The extension, if somebody has written it into Zoho Desk. */
	extn: string | null;
	status: 'ACTIVE' | 'DISABLED';
	isConfirmed: boolean;
	/** `Light` agents cannot be assigned anything. */
	rolePermissionType: string;
	associatedDepartmentIds: string[];
}

const AGENTS_MAX_AGE_MS = 600_000;
const cached = timedCache<DeskAgent[]>(AGENTS_MAX_AGE_MS);

/**
 * Agents of the organisation. Three credits per 50.
 *
 * @param filters parameters of Zoho's list, such as `status` and `departmentIds`
 * @param limit the most to return
 */
export async function listAgents(
	client: ZohoDeskClient,
	filters: Record<string, string | undefined>,
	limit: number,
): Promise<DeskAgent[]> {
	return (await client.list({ path: '/agents', query: filters, limit })) as DeskAgent[];
}

/** All active agents, kept for ten minutes. */
export async function activeAgents(client: ZohoDeskClient): Promise<DeskAgent[]> {
	return await cached(
		client.organizationKey,
		async () => await listAgents(client, { status: 'ACTIVE' }, Number.POSITIVE_INFINITY),
	);
}

/** Whether tickets and records can be given to the agent (zoho-desk.md, 14). */
export function canBeAssigned({ isConfirmed, rolePermissionType }: DeskAgent): boolean {
	return isConfirmed !== false && rolePermissionType !== 'Light';
}

/** The active agent with this e-mail address, in whatever case it is written; null if there is none. */
export async function findAgentByEmail(
	client: ZohoDeskClient,
	email: string,
): Promise<DeskAgent | null> {
	const wanted = email.trim().toLowerCase();
	if (wanted === '') return null;
	const agents = await activeAgents(client);
	return agents.find(({ emailId }) => emailId?.toLowerCase() === wanted) ?? null;
}
