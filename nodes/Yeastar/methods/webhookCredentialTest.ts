import type { ICredentialsDecrypted, INodeCredentialTestResult } from 'n8n-workflow';

const SHORTEST_SECRET = 8;

/** The test behind the "Test" button of the credential `yeastarWebhookApi`: nobody but the PBX can say whether it is right. */
export async function testYeastarWebhookCredential(
	this: unknown,
	credential: ICredentialsDecrypted,
): Promise<INodeCredentialTestResult> {
	const problem = whatIsWrongWithSecret(credential.data?.secret);
	return await Promise.resolve<INodeCredentialTestResult>(
		problem === null
			? {
					status: 'OK',
					message:
						'The secret has the right form. Whether it is that of the PBX shows with the first call.',
				}
			: { status: 'Error', message: problem },
	);
}

/** @returns null if the secret may be one */
export function whatIsWrongWithSecret(secret: unknown): string | null {
	if (typeof secret !== 'string' || secret.trim() === '') {
		return 'The secret is missing. Copy it from the webhook in the PBX portal, under Integrations > API > Webhook Event Push.';
	}
	if (/\s/.test(secret.trim())) return 'The secret contains blanks. Copy it once more.';
	if (secret.trim().length < SHORTEST_SECRET) {
		return 'The secret is too short. The PBX makes secrets of 32 characters: copy the whole of it.';
	}
	return null;
}
