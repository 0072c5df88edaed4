import type { N8nSession } from './n8nSession.mts';

export interface SavedCredential {
	id: string;
	name: string;
	type: string;
}

export interface OAuthToken {
	access_token: string;
	refresh_token: string;
	/** Life of the access token in seconds. */
	expires_in: number;
	token_type?: string;
}

export interface CredentialTest {
	status: 'OK' | 'Error';
	message: string;
}

export function credentialsOf(session: N8nSession) {
	const createCredential = async (
		type: string,
		name: string,
		data: Record<string, unknown>,
	): Promise<SavedCredential> => {
		const { id } = await session.post<{ id: string }>('/rest/credentials', { name, type, data });
		return { id, name, type };
	};

	return {
		createCredential,

		/** An OAuth2 credential that looks as if somebody had logged in: it holds the answer of the token endpoint. */
		createConnectedCredential: async (
			type: string,
			name: string,
			data: Record<string, unknown>,
			token: OAuthToken,
		): Promise<SavedCredential> =>
			await createCredential(type, name, {
				...data,
				oauthTokenData: { token_type: 'Bearer', ...token },
			}),

		/**
		 * Logs an OAuth2 credential in as a browser would: asks n8n for the log-in page, follows its redirects, which end
		 * at n8n's callback. The service must grant without a click.
		 */
		connectCredential: async ({ id }: Pick<SavedCredential, 'id'>): Promise<void> => {
			const loginPage = await session.get<string>('/rest/oauth2-credential/auth', { id });
			await session.visit(loginPage);
		},

		/** The result of the Test button, with the credential as it is saved. */
		testCredential: async ({ id, name, type }: SavedCredential): Promise<CredentialTest> => {
			const { data } = await session.get<{ data: Record<string, unknown> }>(
				`/rest/credentials/${id}`,
				{ includeData: true },
			);
			return await session.post('/rest/credentials/test', {
				credentials: { id, name, type, data },
			});
		},

		/** Changes some fields; the others, secrets included, stay. */
		updateCredential: async (
			{ id, name, type }: SavedCredential,
			changes: Record<string, unknown>,
		): Promise<void> => {
			const { data } = await session.get<{ data: Record<string, unknown> }>(
				`/rest/credentials/${id}`,
				{ includeData: true },
			);
			await session.patch(`/rest/credentials/${id}`, { name, type, data: { ...data, ...changes } });
		},

		deleteCredential: async ({ id }: Pick<SavedCredential, 'id'>): Promise<void> => {
			await session.delete(`/rest/credentials/${id}`);
		},
	};
}
