import type { User } from '../users.mts';

export interface Department {
	id: string;
	name: string;
	isEnabled: boolean;
	isDefault: boolean;
	createdTime: string;
}

export interface Agent {
	id: string;
	/** The same as the person has in CRM: it binds an agent to the owner of a token. */
	zuid: string;
	firstName: string;
	lastName: string;
	emailId: string;
	/** The extension. */
	extn: string;
	status: 'ACTIVE' | 'DISABLED';
	isConfirmed: boolean;
	rolePermissionType: 'Admin' | 'AgentPublic' | 'Light';
	/** Ids of the departments in which this agent works and whose records this agent sees. */
	associatedDepartmentIds: string[];
}

/** Support (default) and Sales; Archive is switched off. */
export function createDepartments(id: (serial: number) => string): Department[] {
	return [
		['Support', true, true],
		['Sales', true, false],
		['Archive', false, false],
	].map(([name, isEnabled, isDefault], index) => ({
		id: id(6_907 + index),
		name: String(name),
		isEnabled: Boolean(isEnabled),
		isDefault: Boolean(isDefault),
		createdTime: '2025-01-07T08:00:00.000Z',
	}));
}

/**
 * The people of CRM, with the same e-mail address and extension: Eva Kunz is administrator in all departments, the others
 * work in Support; Lina Roth is not confirmed, Paul Alt is disabled. Nora Blum is a light agent and unknown to CRM.
 */
export function createAgents(
	id: (serial: number) => string,
	users: User[],
	departments: Department[],
): Agent[] {
	const [support] = departments;
	const agents = users.map(
		(user, index): Agent => ({
			id: id(139_001 + index),
			zuid: user.zuid,
			firstName: user.first_name,
			lastName: user.last_name,
			emailId: user.email,
			extn: user.phone ?? '',
			status: user.status === 'active' ? 'ACTIVE' : 'DISABLED',
			isConfirmed: user.confirm,
			rolePermissionType: index === 0 ? 'Admin' : 'AgentPublic',
			associatedDepartmentIds:
				index === 0 ? departments.map((department) => department.id) : [support.id],
		}),
	);
	return [
		...agents,
		{
			id: id(139_001 + agents.length),
			zuid: '20091111299',
			firstName: 'Nora',
			lastName: 'Blum',
			emailId: 'nora@example.ch',
			extn: '',
			status: 'ACTIVE',
			isConfirmed: true,
			rolePermissionType: 'Light',
			associatedDepartmentIds: [support.id],
		},
	];
}

/** Whether the agent sees and writes records of the department. */
export function mayEnter(agent: Agent, departmentId: unknown): boolean {
	return (
		agent.rolePermissionType === 'Admin' ||
		agent.associatedDepartmentIds.includes(String(departmentId))
	);
}

/** Disabled, unconfirmed and light agents cannot be assignees (zoho-desk.md, 14, unconfirmed). */
export function canBeAssigned(agent: Agent): boolean {
	return agent.status === 'ACTIVE' && agent.isConfirmed && agent.rolePermissionType !== 'Light';
}
