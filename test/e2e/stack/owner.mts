import type { N8nSession } from './n8nSession.mts';

export interface Login {
	email: string;
	password: string;
}

/** The account of the demo and the tests. The password follows n8n's rule: 8 characters, a digit, a capital letter. */
export const ownerLogin: Login = { email: 'owner@callbridge.example', password: 'CallBridge1' };

export function ownerOf(session: N8nSession) {
	return {
		/** Makes the owner account of a fresh n8n; the session is logged in afterwards. */
		setUpOwner: async (login: Login = ownerLogin): Promise<void> => {
			await session.post('/rest/owner/setup', {
				email: login.email,
				password: login.password,
				firstName: 'Call',
				lastName: 'Bridge',
			});
		},
		logIn: async (login: Login = ownerLogin): Promise<void> => {
			await session.post('/rest/login', {
				emailOrLdapLoginId: login.email,
				password: login.password,
			});
		},
	};
}
