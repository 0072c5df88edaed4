import { ServiceError } from '../../transport/ServiceError';
import { WECOM } from './errors';

export const DEFAULT_API_ADDRESS = 'https://qyapi.weixin.qq.com';

/**
 * The address below which the endpoints lie, such as `https://qyapi.weixin.qq.com/cgi-bin`. A proxy in front of WeCom may
 * be typed with or without `/cgi-bin`, a slash at the end or blanks around it.
 *
 * @throws ServiceError (`refused`) if it is no web address
 */
export function apiAddressOf(typed: string | undefined): string {
	const trimmed = typed?.trim() || DEFAULT_API_ADDRESS;
	const withScheme = /^[a-z][a-z\d+.-]*:\/\//i.test(trimmed) ? trimmed : `https://${trimmed}`;
	const url = URL.canParse(withScheme) ? new URL(withScheme) : null;
	if (url?.protocol !== 'https:' && url?.protocol !== 'http:') {
		throw new ServiceError({
			service: WECOM,
			kind: 'refused',
			message: 'The API address in the credential is not a web address',
			advice: `Leave it at ${DEFAULT_API_ADDRESS} unless your requests to WeCom go through a proxy of your own.`,
		});
	}
	const path = url.pathname.replace(/(\/cgi-bin)?\/*$/i, '');
	return `${url.origin}${path}/cgi-bin`;
}
