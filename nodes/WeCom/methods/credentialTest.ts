import type {
	ICredentialsDecrypted,
	ICredentialTestFunctions,
	INodeCredentialTestResult,
} from 'n8n-workflow';
import { systemClock } from '../../transport/Clock';
import { n8nHttpClient, type HttpClient } from '../../transport/HttpClient';
import { requestOfTest } from '../../transport/requestOfTest';
import { DEFAULT_RETRY_POLICY } from '../../transport/retry';
import { ServiceError } from '../../transport/ServiceError';
import { allAccounts, isManaged } from '../transport/accounts';
import { connectToWeCom, WECOM, type WeComCredential } from '../transport/weCom';
import { whatIsWrongWithCallbackSecrets } from './callbackSecrets';

/** The test behind the credential's "Test" button: asks for a token and reads the accounts. */
export async function testWeComCredential(
	this: ICredentialTestFunctions,
	credential: ICredentialsDecrypted,
): Promise<INodeCredentialTestResult> {
	const http = n8nHttpClient(WECOM, async (options) => await requestOfTest(this, options));
	const message = await whatIsWrong(credential.data as unknown as WeComCredential, http);
	return message === null
		? {
				status: 'OK',
				message: 'WeCom accepts the secret, and the app manages customer-service accounts',
			}
		: { status: 'Error', message };
}

/** @returns null if WeCom can be used with this credential */
export async function whatIsWrong(
	credential: WeComCredential,
	http: HttpClient,
	clock = systemClock,
): Promise<string | null> {
	try {
		// One try: the person who tests is waiting, and each wrong secret counts towards a block.
		const retryPolicy = { ...DEFAULT_RETRY_POLICY, maxTries: 1 };
		const client = connectToWeCom(credential, http, {
			clock,
			retryPolicy,
			forgetRefusal: 'always',
		});
		const accounts = await allAccounts(client);
		if (accounts.length === 0) return NO_ACCOUNT;
		if (!accounts.some(isManaged)) return NONE_MANAGED;
		return whatIsWrongWithCallbackSecrets(credential);
	} catch (error) {
		if (error instanceof ServiceError) return `${error.message}. ${error.advice}`;
		return (error as Error).message;
	}
}

const NO_ACCOUNT =
	'WeCom accepts the secret, but the company has no customer-service account yet. In the WeCom admin console, open WeChat Customer Service (微信客服) and create one, or create it with the node (Account > Create).';

const NONE_MANAGED =
	'WeCom accepts the secret, but the app manages none of the customer-service accounts. In the WeCom admin console, open WeChat Customer Service (微信客服) > Manage Sessions and Messages by API (通过API管理会话消息) > Developed by the Company (企业内部开发) > your app, and add accounts under Accounts It May Manage (可管理的客服账号).';
