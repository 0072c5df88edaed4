import type { ApiAnswer, ApiRequest } from './apiMessage.mts';
import { refuse } from './apiMessage.mts';
import type { Crm } from './crm.mts';
import { zohoTime } from './crm.mts';
import { listOf, pageOf } from './paging.mts';
import type { Route } from './route.mts';
import type { User } from '../users.mts';

const isAdmin = (user: User) => user.profile.name === 'Administrator';
const isActive = (user: User) => user.status === 'active';

/** The documented values of `type`. */
const USER_TYPES: Record<string, (user: User, tokenUserId: string) => boolean> = {
	AllUsers: (user) => user.status !== 'deleted',
	ActiveUsers: isActive,
	AllActiveUsers: isActive,
	DeactiveUsers: (user) => user.status === 'inactive',
	ConfirmedUsers: (user) => user.confirm && user.status !== 'deleted',
	NotConfirmedUsers: (user) => !user.confirm && user.status !== 'deleted',
	DeletedUsers: (user) => user.status === 'deleted',
	ActiveConfirmedUsers: (user) => isActive(user) && user.confirm,
	AdminUsers: (user) => isAdmin(user) && user.status !== 'deleted',
	ActiveConfirmedAdmins: (user) => isActive(user) && user.confirm && isAdmin(user),
	// This organisation has nobody of these kinds.
	DeveloperUsers: () => false,
	ActiveLiteUser: () => false,
	CurrentUser: (user, tokenUserId) => user.id === tokenUserId,
};

const scopes = () => ['ZohoCRM.users.READ'];

export const userRoutes: Route[] = [
	{ method: 'GET', path: '/users', scopes, handle: listUsers },
	{ method: 'GET', path: '/users/{id}', scopes, handle: getUser },
	{
		method: 'GET',
		path: '/users/actions/count',
		scopes,
		handle: (crm, request) => ({
			status: 200,
			body: { count: String(usersOfType(crm, request).length) },
		}),
	},
];

function usersOfType(crm: Crm, request: ApiRequest): User[] {
	const { type = 'AllUsers' } = request.query;
	if (!Object.hasOwn(USER_TYPES, type)) {
		refuse(400, 'PATTERN_NOT_MATCHED', 'Please check whether the input values are correct', {
			api_name: 'type',
		});
	}
	return crm.users.filter((user) => USER_TYPES[type](user, request.token.userId));
}

function listUsers(crm: Crm, request: ApiRequest): ApiAnswer {
	const ids = listOf(request, 'ids');
	const found = usersOfType(crm, request).filter((user) => !ids || ids.includes(user.id));
	const { page, perPage } = pageOf(request);
	const shown = found.slice((page - 1) * perPage, page * perPage);
	if (shown.length === 0) return { status: 204 };
	return {
		status: 200,
		body: {
			users: shown.map((user) => showWholeUser(crm, user)),
			info: {
				per_page: perPage,
				count: shown.length,
				page,
				more_records: found.length > page * perPage,
			},
		},
	};
}

function getUser(crm: Crm, _request: ApiRequest, { id }: { id?: string }): ApiAnswer {
	const user = crm.users.find((each) => each.id === id);
	if (user) return { status: 200, body: { users: [showWholeUser(crm, user)] } };
	if (/^\d+$/.test(id ?? '')) return { status: 204 };
	return refuse(400, 'INVALID_DATA', 'the id given seems to be invalid', {
		resource_path_index: 1,
	});
}

function showWholeUser(crm: Crm, { status, ...user }: User) {
	const created = zohoTime(crm, Date.UTC(2024, 0, 15, 8));
	const by = { name: crm.users[0].full_name, id: crm.users[0].id };
	return {
		...user,
		status,
		country: 'CH',
		country_locale: 'CH',
		offset: 3_600_000,
		time_format: 'HH:mm',
		date_format: 'MMM d, yyyy',
		name_format__s: 'Salutation,First Name,Last Name',
		type__s: 'Regular User',
		category: 'regular_user',
		alias: null,
		dob: null,
		signature: null,
		fax: null,
		website: null,
		street: null,
		city: null,
		state: null,
		zip: null,
		microsoft: false,
		personal_account: false,
		sandboxDeveloper: false,
		Isonline: status === 'active',
		Currency: 'CHF',
		created_time: created,
		created_by: by,
		Modified_Time: created,
		Modified_By: by,
		Reporting_To: null,
		status_reason__s: null,
		sort_order_preference__s: 'First Name,Last Name',
		$shift_effective_from: null,
		$current_shift: null,
		$next_shift: null,
	};
}
