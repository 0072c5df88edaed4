export interface User {
	id: string;
	full_name: string;
	first_name: string;
	last_name: string;
	email: string;
	phone: string | null;
	mobile: string | null;
	zuid: string;
	role: { name: string; id: string };
	profile: { name: string; id: string };
	status: 'active' | 'inactive' | 'deleted';
	/** The person accepted the invitation. */
	confirm: boolean;
	time_zone: string;
	locale: string;
	/** Of the pages that the user sees. */
	language: string;
}

/**
 * Four people: Eva Kunz, an administrator who owns the tokens unless another user is named, Marco Frei, Lina Roth, and
 * Paul Alt, who left (inactive). `phone` holds the extension.
 */
export function createUsers(idPrefix: string): User[] {
	return [
		person(idPrefix, 13, 'Eva', 'Kunz', '201', { admin: true }),
		person(idPrefix, 14, 'Marco', 'Frei', '202'),
		person(idPrefix, 15, 'Lina', 'Roth', '203', { confirm: false }),
		person(idPrefix, 16, 'Paul', 'Alt', '204', { status: 'inactive' }),
	];
}

function person(
	idPrefix: string,
	number: number,
	first: string,
	last: string,
	extension: string,
	extras: { admin?: boolean; confirm?: boolean; status?: User['status'] } = {},
): User {
	const id = (serial: number) => `${idPrefix}000000${String(serial).padStart(6, '0')}`;
	return {
		id: id(225_000 + number),
		full_name: `${first} ${last}`,
		first_name: first,
		last_name: last,
		email: `${first.toLowerCase()}@example.ch`,
		phone: extension,
		mobile: null,
		zuid: `200911112${number}`,
		role: extras.admin ? { name: 'CEO', id: id(26_005) } : { name: 'Agent', id: id(26_006) },
		profile: extras.admin
			? { name: 'Administrator', id: id(26_011) }
			: { name: 'Standard', id: id(26_012) },
		status: extras.status ?? 'active',
		confirm: extras.confirm ?? true,
		time_zone: 'Europe/Zurich',
		locale: 'de_CH',
		language: 'de_DE',
	};
}
