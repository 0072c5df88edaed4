/** For messages: the rest of the address holds a secret. */
export function originOf(url: string): string {
	return URL.canParse(url) ? new URL(url).origin : 'its webhook address';
}

/** Whether nobody on the internet reaches this address. */
export function isPrivateAddress(url: string): boolean {
	const host = URL.canParse(url) ? new URL(url).hostname : '';
	return (
		host === 'localhost' ||
		host.startsWith('[') ||
		!host.includes('.') ||
		/^(?:127|10|192\.168|169\.254|172\.(?:1[6-9]|2\d|3[01]))\./.test(host)
	);
}
