import type { Explanation, Explanations } from './explanations';

const UNKNOWN_USER: Explanation = {
	kind: 'notFound',
	message: 'WeCom knows no member with this user ID',
	advice:
		'Take the ID from Contacts (通讯录) > the member > Account (账号) in the WeCom admin console. It is not the name.',
};

const UNKNOWN_DEPARTMENT: Explanation = {
	kind: 'notFound',
	message: 'WeCom knows no department with this ID',
	advice:
		'Take the ID from Contacts (通讯录) in the WeCom admin console, in the menu beside the department.',
};

const TYPE_NOT_ALLOWED: Explanation = {
	kind: 'refused',
	message: 'WeCom does not take a file of this type here',
	advice:
		'Pictures must be JPG or PNG, voice messages AMR, videos MP4. Send everything else as a file.',
};

const FILE_TOO_LARGE: Explanation = {
	kind: 'refused',
	message: 'The file is larger or smaller than WeCom takes',
	advice:
		'WeCom takes pictures and videos up to 10 MB, voice messages up to 2 MB and files up to 20 MB; each must have more than 5 bytes.',
};

const NO_MEDIA: Explanation = {
	kind: 'notFound',
	message: 'WeCom no longer has this file, or it is of another type',
	advice: 'WeCom keeps files for three days. Upload the file again and use the new media ID.',
};

const BAD_PARAMETER: Explanation = {
	kind: 'refused',
	message:
		'WeCom does not accept a value of the request: it is missing, too long or of the wrong form',
	advice: 'Check the values of the parameters against what their descriptions allow.',
};

const BAD_LINK: Explanation = {
	kind: 'refused',
	message: 'WeCom does not accept the address of the link',
	advice: 'Give a whole address that begins with https:// or http://.',
};

const EMPTY_TEXT: Explanation = {
	kind: 'refused',
	message: 'The text is empty',
	advice: 'Give a text with at least one character.',
};

const BLOCKED_TEXT: Explanation = {
	kind: 'refused',
	message: "WeCom's filter has stopped the text",
	advice:
		'Word it differently, without passwords, instructions to pay or words that WeChat does not allow. The same text would be stopped again.',
};

/** What the request says: people, files, texts. */
export const VALUE_EXPLANATIONS: Explanations = {
	40003: UNKNOWN_USER,
	40004: TYPE_NOT_ALLOWED,
	40005: TYPE_NOT_ALLOWED,
	40006: FILE_TOO_LARGE,
	40007: NO_MEDIA,
	40008: {
		kind: 'refused',
		message: 'WeCom does not know this type of message',
		advice: 'Choose another message type.',
	},
	40009: FILE_TOO_LARGE,
	40011: FILE_TOO_LARGE,
	40033: {
		kind: 'refused',
		message: 'The text contains characters that WeCom does not take',
		advice: 'Remove control characters and broken symbols from the text.',
	},
	40035: BAD_PARAMETER,
	40056: {
		kind: 'refused',
		message: 'The App ID does not belong to the app whose secret the credential holds',
		advice: 'Copy AgentId and secret from the page of the same app in the WeCom admin console.',
	},
	40058: BAD_PARAMETER,
	40063: BAD_PARAMETER,
	40066: UNKNOWN_DEPARTMENT,
	40094: BAD_LINK,
	40096: {
		kind: 'notFound',
		message: 'WeCom does not know this customer',
		advice:
			'Use the external user ID as the trigger gives it. It begins with "wm", and each company has its own for the same person.',
	},
	40123: TYPE_NOT_ALLOWED,
	40201: BLOCKED_TEXT,
	41006: NO_MEDIA,
	44001: FILE_TOO_LARGE,
	44004: EMPTY_TEXT,
	45001: FILE_TOO_LARGE,
	45002: {
		kind: 'refused',
		message: 'The text is longer than WeCom takes',
		advice: 'A text may have 2048 bytes, which is about 680 Chinese characters. Send it in parts.',
	},
	45007: {
		kind: 'refused',
		message: 'The voice message lasts longer than 60 seconds',
		advice: 'Shorten it, or send it as a file.',
	},
	45034: BAD_LINK,
	46004: UNKNOWN_USER,
	60003: UNKNOWN_DEPARTMENT,
	60111: UNKNOWN_USER,
	60123: UNKNOWN_DEPARTMENT,
	84061: {
		kind: 'refused',
		message: 'The customer is no contact of this member',
		advice: 'Only customers whom the member has added in WeCom can be reached this way.',
	},
	85002: BLOCKED_TEXT,
	301016: TYPE_NOT_ALLOWED,
	830001: {
		kind: 'refused',
		message: 'The address that the file is to be fetched from gives it only as a whole',
		advice: 'Offer the file on a server that supports range requests, or upload its bytes.',
	},
	830002: {
		kind: 'refused',
		message: 'WeCom gives a file of this size only in pieces of up to 20 MB',
		advice: 'Try again; if it stays, ask the customer to send the file another way.',
	},
	830003: {
		kind: 'refused',
		message: 'WeCom could not fetch the file from its address',
		advice: 'Check that the address can be opened from the internet without a log-in.',
	},
};
