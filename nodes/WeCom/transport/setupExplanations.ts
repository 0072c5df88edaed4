import type { Explanation, Explanations } from './explanations';

const SECRET_PLACE = 'App Management (应用管理) > your app > Secret in the WeCom admin console';

const WRONG_SECRET: Explanation = {
	kind: 'credentials',
	message: 'WeCom does not accept the secret for this corp ID',
	advice: `Copy the secret again from ${SECRET_PLACE}, and check that the app is switched on and belongs to the company of the corp ID. n8n asks again after five minutes, or at once when you test the credential.`,
};

const WRONG_CORP_ID: Explanation = {
	kind: 'credentials',
	message: 'WeCom does not know the corp ID',
	advice:
		'Copy it again from My Company (我的企业) > Company Information (企业信息) in the WeCom admin console. It begins with "ww" or "wx".',
};

const TOKEN_REFUSED: Explanation = {
	kind: 'credentials',
	message: 'WeCom does not accept the access token, even after it was renewed',
	advice: `Check that the secret was not reset and the app was not switched off, under ${SECRET_PLACE}, then test the credential.`,
};

const NO_PERMISSION: Explanation = {
	kind: 'permission',
	message: 'The app may not use the customer-service functions of WeCom',
	advice:
		'In the WeCom admin console, open WeChat Customer Service (微信客服) and add the app to the Apps That May Call the API (可调用接口的应用).',
};

const OUT_OF_SCOPE: Explanation = {
	kind: 'permission',
	message: 'The person or department is outside of what the app may see',
	advice:
		'In the WeCom admin console, open App Management (应用管理) > your app and add the people who answer customers to the Visible Scope (可见范围).',
};

const NOT_VERIFIED: Explanation = {
	kind: 'permission',
	message: 'The company is not verified in WeCom',
	advice:
		'Have it verified in the WeCom admin console under My Company (我的企业) > Company Information (企业信息) > Verification (企业认证).',
};

const NO_LICENCE: Explanation = {
	kind: 'permission',
	message: 'WeCom has no valid interface licence (接口许可) for a person who answers',
	advice:
		'The provider of the app has to buy or renew interop licences (互通账号) and bind them to the servicers. Apps that the company has made itself need none.',
};

/** Who calls, and what the administrator has allowed. */
export const SETUP_EXPLANATIONS: Explanations = {
	40001: TOKEN_REFUSED,
	40013: WRONG_CORP_ID,
	40014: TOKEN_REFUSED,
	40091: WRONG_SECRET,
	41001: {
		kind: 'credentials',
		message: 'The request has reached WeCom without its access token',
		advice:
			'If the API address in the credential is that of a proxy, make it hand on the whole address of each request.',
	},
	41002: WRONG_CORP_ID,
	41004: WRONG_SECRET,
	42001: TOKEN_REFUSED,
	43009: NOT_VERIFIED,
	43012: {
		kind: 'permission',
		message: 'The app has no callback URL',
		advice:
			'In the WeCom admin console, open App Management (应用管理) > your app > Receive Messages (接收消息) > Set API Reception (设置API接收) and enter the webhook URL of the trigger.',
	},
	48001: NO_PERMISSION,
	48002: NO_PERMISSION,
	48004: {
		kind: 'permission',
		message: 'The permission of the app for the customer-service functions is no longer valid',
		advice:
			'In the WeCom admin console, open WeChat Customer Service (微信客服), remove the app from the Apps That May Call the API (可调用接口的应用) and add it again.',
	},
	48006: {
		kind: 'permission',
		message: 'WeCom has withdrawn a permission of the app because it was not used for long',
		advice:
			'In the WeCom admin console, open WeChat Customer Service (微信客服) and add the app to the Apps That May Call the API (可调用接口的应用) again.',
	},
	48007: {
		kind: 'permission',
		message: 'The app does not manage this customer-service account',
		advice:
			'In the WeCom admin console, open WeChat Customer Service (微信客服) > Manage Sessions and Messages by API (通过API管理会话消息) > Developed by the Company (企业内部开发) > your app, and add the account under Accounts It May Manage (可管理的客服账号).',
	},
	50003: {
		kind: 'permission',
		message: 'The app is switched off in WeCom',
		advice: 'Switch it on under App Management (应用管理) > your app in the WeCom admin console.',
	},
	60011: OUT_OF_SCOPE,
	60021: OUT_OF_SCOPE,
	60030: OUT_OF_SCOPE,
	81013: {
		kind: 'permission',
		message: 'WeCom reaches none of these members',
		advice:
			'Check the user IDs in Contacts (通讯录), and add the members to the Visible Scope (可见范围) of the app. AgentId and secret must be of the same app.',
	},
	84074: {
		kind: 'permission',
		message: 'The app may not use the customer contacts of WeCom',
		advice:
			'In the WeCom admin console, open Customer Contact (客户联系) and add the app to the Apps That May Call the API (可调用接口的应用).',
	},
	95003: {
		kind: 'permission',
		message: 'The company has served as many customers as WeCom allows without verification',
		advice: NOT_VERIFIED.advice,
	},
	95011: {
		kind: 'permission',
		message:
			'The company uses customer service inside WeCom, but the secret comes from the separate console of WeChat Customer Service (kf.weixin.qq.com)',
		advice: `Put the secret of your app into the credential, from ${SECRET_PLACE}.`,
	},
	95012: {
		kind: 'permission',
		message:
			'The company uses the separate console of WeChat Customer Service (kf.weixin.qq.com), but the secret comes from the WeCom admin console',
		advice:
			'Put the secret from kf.weixin.qq.com > Development (开发配置) into the credential, or move customer service into WeCom.',
	},
	95017: {
		kind: 'permission',
		message: 'The API of customer service is switched off for this app',
		advice:
			'In the WeCom admin console, open WeChat Customer Service (微信客服) > Manage Sessions and Messages by API (通过API管理会话消息) and switch it on for the app.',
	},
	95023: {
		kind: 'permission',
		message: 'The API of customer service was given to an app of a service provider',
		advice:
			'In the WeCom admin console, open WeChat Customer Service (微信客服) > Manage Sessions and Messages by API (通过API管理会话消息) and give it to your own app instead.',
	},
	95032: {
		kind: 'permission',
		message: 'The app has lost its right to the chat records of customer service',
		advice: 'Have the administrator of WeCom authorise the app again.',
	},
	301002: {
		kind: 'permission',
		message: 'The app may not act on the other app that the request names',
		advice: `Put the secret of the app that does the work into the credential, from ${SECRET_PLACE}.`,
	},
	610016: NOT_VERIFIED,
	701008: NO_LICENCE,
	701087: NO_PERMISSION,
	701089: NO_PERMISSION,
	701099: NO_LICENCE,
};

/** @param address the public address of n8n as WeCom has seen it, or null */
export function addressNotTrusted(address: string | null): Explanation {
	const named = address === null ? 'the public IP address of n8n' : address;
	return {
		kind: 'permission',
		message: `WeCom takes no requests for this app from ${address === null ? named : `the IP address ${address}`}`,
		advice: `In the WeCom admin console, open App Management (应用管理) > your app > Company's Trusted IP (企业可信IP) and add ${named}; it acts about a minute later. The address must belong to your company, and its list can be filled in only once the app has a trusted domain or a callback URL.`,
	};
}

/** What some codes mean for `gettoken` only (Get access_token, 91039). */
export function tokenExplanation(errcode: number): Explanation | undefined {
	if (errcode === 40001) return WRONG_SECRET;
	if (errcode !== 45009) return undefined;
	return {
		kind: 'limit',
		message: 'WeCom hands out no more access tokens to the IP address of n8n for now',
		advice:
			'It blocks an address for up to an hour after too many requests with a wrong secret. Check which workflow or other program on the same address uses one, wait, and test the credential.',
		retryAfterMs: 3_600_000,
	};
}
