/** The error and everything it wraps, outermost first. */
export function causes(error: unknown): object[] {
	const found: object[] = [];
	let current: unknown = error;
	while (typeof current === 'object' && current !== null && found.length < 8) {
		found.push(current);
		current = (current as { cause?: unknown }).cause;
	}
	return found;
}

/** The code of the outermost error that has one, such as `ECONNREFUSED`. */
export function errorCode(error: unknown): string | undefined {
	for (const candidate of causes(error)) {
		const { code, httpCode } = candidate as { code?: unknown; httpCode?: unknown };
		if (typeof code === 'string') return code;
		if (typeof httpCode === 'string') return httpCode;
	}
	return undefined;
}
