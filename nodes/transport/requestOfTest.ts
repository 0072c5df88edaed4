import type {
	ICredentialTestFunctions,
	IHttpRequestOptions,
	IN8nHttpFullResponse,
} from 'n8n-workflow';

/** n8n gives credential tests the older request helper and no other. */
export async function requestOfTest(
	context: ICredentialTestFunctions,
	options: IHttpRequestOptions,
): Promise<IN8nHttpFullResponse> {
	return (await context.helpers.request({
		method: options.method,
		uri: options.url,
		qs: options.qs,
		headers: options.headers,
		body: options.body,
		json: true,
		timeout: options.timeout,
		...(options.skipSslCertificateValidation && { rejectUnauthorized: false }),
		resolveWithFullResponse: true,
		simple: false,
	})) as IN8nHttpFullResponse;
}
