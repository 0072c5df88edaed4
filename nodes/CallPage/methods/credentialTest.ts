import type { ICredentialsDecrypted, INodeCredentialTestResult } from 'n8n-workflow';
import { whatIsWrongWithKeys } from '../signingKeys';

/** The test behind the "Test" button of the credential `callBridgeLinkApi`: whether links can be signed with its key. */
export async function testLinkCredential(
	this: unknown,
	credential: ICredentialsDecrypted,
): Promise<INodeCredentialTestResult> {
	const { signingKey, previousSigningKey } = credential.data ?? {};
	const problem = whatIsWrongWithKeys(signingKey, previousSigningKey);
	return await Promise.resolve<INodeCredentialTestResult>(
		problem === null
			? { status: 'OK', message: 'The key is long enough to sign links.' }
			: { status: 'Error', message: problem },
	);
}
