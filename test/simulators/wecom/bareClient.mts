import type { WeComSimulator } from './weComSimulator.mts';

/** An answer of the API, decoded. */
export interface ApiAnswer extends Record<string, unknown> {
	errcode: number;
	errmsg: string;
}

type Query = Record<string, string>;

const addressOf = (wecom: WeComSimulator, path: string, query: Query) =>
	`${wecom.baseUrl}/cgi-bin/${path}?${new URLSearchParams(query)}`;

/** Takes a token, without any client code of the product between. */
export async function logIn(
	wecom: WeComSimulator,
	query: Query = { corpid: wecom.corpId, corpsecret: wecom.secret },
): Promise<ApiAnswer> {
	const response = await fetch(addressOf(wecom, 'gettoken', query));
	return (await response.json()) as ApiAnswer;
}

/** A client with a token of its own, taken once. */
export async function loggedIn(wecom: WeComSimulator, secret = wecom.secret) {
	const answer = await logIn(wecom, { corpid: wecom.corpId, corpsecret: secret });
	const token = { access_token: String(answer.access_token) };
	const json = async (response: Promise<Response>) =>
		(await (await response).json()) as ApiAnswer & Record<string, never>;
	return {
		accessToken: token.access_token,
		get: (path: string, query: Query = {}) =>
			json(fetch(addressOf(wecom, path, { ...query, ...token }))),
		post: (path: string, body: unknown) =>
			json(
				fetch(addressOf(wecom, path, token), {
					method: 'POST',
					headers: { 'Content-Type': 'application/json' },
					body: typeof body === 'string' ? body : JSON.stringify(body),
				}),
			),
		upload(type: string, name: string, bytes: Buffer) {
			const form = new globalThis.FormData();
			form.set('media', new globalThis.Blob([new Uint8Array(bytes)]), name);
			const address = addressOf(wecom, 'media/upload', { type, ...token });
			return json(fetch(address, { method: 'POST', body: form }));
		},
		download: (mediaId: string, headers: Record<string, string> = {}) =>
			fetch(addressOf(wecom, 'media/get', { media_id: mediaId, ...token }), { headers }),
	};
}
