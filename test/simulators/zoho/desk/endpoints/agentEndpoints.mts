import type { DeskRequest } from '../apiMessage.mts';
import { listAnswer, notFound, unprocessable } from '../apiMessage.mts';
import { listOf, PAGE, pageOf } from '../paging.mts';
import type { Agent, Department } from '../people.mts';
import type { DeskPortal } from '../portal.mts';
import type { DeskRoute } from '../route.mts';

const agentScopes = [['Desk.agents.READ', 'Desk.basic.READ', 'Desk.settings.READ']];
const departmentScopes = [['Desk.departments.READ', 'Desk.basic.READ', 'Desk.settings.READ']];

/** zoho-desk.md, 7. `/agents/email/{email}`, which is unconfirmed, is not there: `searchStr` finds by e-mail. */
export const agentEndpoints: DeskRoute[] = [
	{
		method: 'GET',
		path: '/myinfo',
		scopes: agentScopes,
		handle: (_portal, { agent }) => ({ status: 200, body: showAgent(agent) }),
	},
	{
		method: 'GET',
		path: '/agents',
		scopes: agentScopes,
		query: [...PAGE, 'status', 'searchStr', 'departmentIds', 'rolePermissionType', 'isConfirmed'],
		weight: 3,
		handle: listAgents,
	},
	{
		method: 'GET',
		path: '/agentsByIds',
		scopes: agentScopes,
		query: ['agentIds'],
		weight: 3,
		handle(portal, request) {
			const ids = listOf(request, 'agentIds');
			if (!ids) return unprocessable("The parameter 'agentIds' is missing.");
			return listAnswer(portal.agents.filter(({ id }) => ids.includes(id)).map(showAgent));
		},
	},
	{
		method: 'GET',
		path: '/agents/{id}',
		scopes: agentScopes,
		handle(portal, _request, path) {
			const agent = portal.agents.find(({ id }) => id === path.id);
			return { status: 200, body: showAgent(agent ?? notFound()) };
		},
	},
	{
		method: 'GET',
		path: '/departments',
		scopes: departmentScopes,
		query: [...PAGE, 'isEnabled', 'searchStr'],
		weight: 3,
		handle: listDepartments,
	},
	{
		method: 'GET',
		path: '/departments/{id}',
		scopes: departmentScopes,
		handle: (portal, _request, { id }) => ({
			status: 200,
			body: showDepartment(portal, departmentOf(portal, id)),
		}),
	},
	{
		method: 'GET',
		path: '/departments/{id}/agents',
		scopes: agentScopes,
		query: [...PAGE],
		weight: 3,
		handle(portal, request, { id }) {
			departmentOf(portal, id);
			const agents = portal.agents.filter(({ associatedDepartmentIds }) =>
				associatedDepartmentIds.includes(id),
			);
			return listAnswer(pageOf(request, agents, { most: 200, firstIs: 1 }).map(showAgent));
		},
	},
	{
		method: 'GET',
		path: '/teams',
		scopes: agentScopes,
		// Not `data`, as everywhere else. There are none.
		handle: () => ({ status: 200, body: { teams: [] } }),
	},
];

function listAgents(portal: DeskPortal, request: DeskRequest) {
	const { status, searchStr, rolePermissionType, isConfirmed } = request.query;
	if (status !== undefined && !['ACTIVE', 'DISABLED'].includes(status)) {
		return unprocessable("The value of 'status' is invalid.");
	}
	const departments = listOf(request, 'departmentIds');
	const agents = portal.agents.filter(
		(agent) =>
			(!status || agent.status === status) &&
			(!rolePermissionType || agent.rolePermissionType === rolePermissionType) &&
			(!isConfirmed || String(agent.isConfirmed) === isConfirmed) &&
			(!departments || agent.associatedDepartmentIds.some((id) => departments.includes(id))) &&
			(!searchStr || isIn(searchStr, agent.firstName, agent.lastName, agent.emailId)),
	);
	return listAnswer(pageOf(request, agents, { most: 200, firstIs: 1 }).map(showAgent));
}

function listDepartments(portal: DeskPortal, request: DeskRequest) {
	const { isEnabled, searchStr } = request.query;
	const departments = portal.departments.filter(
		(department) =>
			(!isEnabled || String(department.isEnabled) === isEnabled) &&
			(!searchStr || isIn(searchStr, department.name)),
	);
	const page = pageOf(request, departments, { most: 200, firstIs: 1 });
	return listAnswer(page.map((department) => showDepartment(portal, department)));
}

/** A part of the text is enough: who searches an address must still compare `emailId`. */
function isIn(searched: string, ...texts: string[]): boolean {
	return texts.some((text) => text.toLowerCase().includes(searched.toLowerCase()));
}

function departmentOf(portal: DeskPortal, departmentId: string): Department {
	return portal.departments.find(({ id }) => id === departmentId) ?? notFound();
}

function showDepartment(portal: DeskPortal, department: Department) {
	return {
		...department,
		description: null,
		nameInCustomerPortal: department.name,
		sanitizedName: department.name.toLowerCase(),
		isVisibleInCustomerPortal: department.isEnabled,
		isAssignToTeamEnabled: false,
		hasLogo: false,
		chatStatus: 'NOT_CREATED',
		creatorId: portal.agents[0].id,
	};
}

function showAgent(agent: Agent) {
	return {
		...agent,
		name: `${agent.firstName} ${agent.lastName}`.trim(),
		phone: '',
		mobile: '',
		roleId: null,
		profileId: null,
		associatedChatDepartmentIds: [],
		channelExpert: [],
		timeZone: 'Europe/Zurich',
		countryCode: 'ch',
		langCode: 'de_CH',
		aboutInfo: '',
		photoURL: null,
		cf: {},
		isZiaAgent: false,
	};
}
