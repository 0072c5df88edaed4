import type {
	ICredentialsDecrypted,
	ICredentialTestFunctions,
	INodeCredentialTestResult,
} from 'n8n-workflow';
import { systemClock } from '../../transport/Clock';
import { n8nHttpClient, type HttpClient } from '../../transport/HttpClient';
import { requestOfTest } from '../../transport/requestOfTest';
import { DEFAULT_RETRY_POLICY } from '../../transport/retry';
import { insteadOf, ServiceError } from '../../transport/ServiceError';
import { SERVICE } from '../transport/errors';
import { connectToPbx, type YeastarCredential } from '../transport/yeastarPbx';

/** The test behind the credential's "Test" button: logs in, reads something, and gives the token back. */
export async function testYeastarCredential(
	this: ICredentialTestFunctions,
	credential: ICredentialsDecrypted,
): Promise<INodeCredentialTestResult> {
	const http = n8nHttpClient(SERVICE, async (options) => await requestOfTest(this, options));
	const message = await whatIsWrong(credential.data as unknown as YeastarCredential, http);
	return message === null
		? { status: 'OK', message: 'The PBX accepts the Client ID and Client Secret' }
		: { status: 'Error', message };
}

/** @returns null if the PBX can be used with this credential */
export async function whatIsWrong(
	credential: YeastarCredential,
	http: HttpClient,
	clock = systemClock,
): Promise<string | null> {
	try {
		// One try: the person who tests is waiting, and each wrong login counts towards a block.
		const retryPolicy = { ...DEFAULT_RETRY_POLICY, maxTries: 1 };
		const pbx = connectToPbx(credential, http, { clock, retryPolicy, forgetRefusal: 'always' });
		const release = pbx.holdToken();
		try {
			// Firmwares and permissions differ in which of the two they allow; either shows that the API works.
			await pbx
				.get('system/information')
				.catch(insteadOf(['refused', 'permission'], undefined))
				.then(async (answer) => answer ?? (await pbx.get('extension/list', { page_size: 1 })));
		} finally {
			await release();
		}
		return null;
	} catch (error) {
		if (error instanceof ServiceError) return `${error.message}. ${error.advice}`;
		return (error as Error).message;
	}
}
