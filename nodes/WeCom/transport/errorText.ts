/**
 * What an errmsg carries beside its words: `…, hint: [1717…], from ip: 203.0.113.7, more info at https://…`
 * (wecom-kf.md, 0).
 */
const TAIL = /,?\s*(hint:\s*\[|from ip:|more info at).*$/is;
const LONGEST_WORDS = 200;

/** @returns the text without its tail, empty if there is none */
export function wordsIn(errmsg: string): string {
	return errmsg.replace(TAIL, '').trim().slice(0, LONGEST_WORDS);
}

/** @returns what WeCom's support asks for, or null */
export function hintIn(errmsg: string): string | null {
	return /hint:\s*\[(\w+)\]/i.exec(errmsg)?.[1] ?? null;
}

/** @returns the public address that the request came from as WeCom saw it, or null */
export function callerAddressIn(errmsg: string): string | null {
	return /from ip:\s*([\da-f.:]*[\da-f])/i.exec(errmsg)?.[1] ?? null;
}
