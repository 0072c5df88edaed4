import { createHash } from 'node:crypto';

/** Ids of one simulated corp: look random, but are the same in every run. */
export function openIds(corpId: string) {
	let last = 0;
	const digest = (length: number) =>
		createHash('sha256').update(`${corpId} ${++last}`).digest('base64url').slice(0, length);
	return {
		account: () => `wk${digest(30)}`,
		customer: () => `wm${digest(30)}`,
		message: () => `msg_${digest(24)}`,
		media: () => digest(43),
		code: () => `CODE${digest(24)}`,
		syncToken: () => `ENC${digest(40)}`,
		link: () => ({
			path: `kfc${createHash('md5').update(String(++last)).digest('hex').slice(0, 16)}`,
			scene: `ENC${digest(20)}`,
		}),
	};
}

export type Ids = ReturnType<typeof openIds>;
