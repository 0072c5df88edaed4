import type { Explanation, Explanations } from './explanations';

const UNKNOWN_ACCOUNT: Explanation = {
	kind: 'notFound',
	message: 'WeCom knows no customer-service account with this ID',
	advice:
		'Choose the account again from the list; it may have been deleted, or belong to another company. Its ID begins with "wk".',
};

/** Accounts and those who answer for them. */
export const ACCOUNT_EXPLANATIONS: Explanations = {
	95000: UNKNOWN_ACCOUNT,
	95004: UNKNOWN_ACCOUNT,
	95005: {
		kind: 'refused',
		message:
			'WeCom allows no more customer-service accounts, or does not let the last one be deleted',
		advice: 'Delete accounts that are no longer needed, and keep at least one.',
	},
	95006: {
		kind: 'refused',
		message: 'WeCom does not accept the name of the account',
		advice: 'Use at most 16 characters, and none of the names that WeChat reserves.',
	},
	95014: {
		kind: 'refused',
		message: 'The member does not answer for this account, or has not logged in to WeCom yet',
		advice:
			'Add the member as a servicer (接待人员) of the account, and let the member log in to the WeCom app once.',
	},
	95015: {
		kind: 'refused',
		message: 'A dedicated service for this customer is already set up in the console',
		advice:
			'Change it in the WeCom admin console under WeChat Customer Service (微信客服) > Upgrade Service (升级服务).',
	},
	95019: {
		kind: 'refused',
		message: 'The servicer does not take customers at present',
		advice: 'Choose another one, or let the servicer resume receiving (接待中) in the WeCom app.',
	},
	95026: {
		kind: 'refused',
		message:
			'WeCom creates no further accounts, since the present customer-service accounts are little used',
		advice: 'Use one of the present accounts, or try again when they have been used more.',
	},
	95027: {
		kind: 'refused',
		message: 'A company that is not verified may have 10 customer-service accounts at most',
		advice:
			'Delete accounts that are no longer needed, or have the company verified under My Company (我的企业) in the WeCom admin console.',
	},
};
