/**
 * A message or event of WeCom customer service, as the trigger gives it: one execution, one item, this shape. Times are ISO
 * 8601 in UTC. What WeCom does not tell is null.
 */
export interface WeComMessage {
	/** WeCom's own id, unique within the corp. */
	messageId: string;
	/** The customer-service account (客服账号) that the customer sees. */
	openKfId: string;
	/** Its name, null while the accounts cannot be read. */
	accountName: string | null;
	/** The customer; null only where an event concerns none. */
	externalUserId: string | null;
	/**
	 * The customer's profile, with the option Include Customer. Null without it, and for customers who have neither opened
	 * the chat nor written within 48 hours: WeCom tells nothing about them.
	 */
	customer: WeComCustomer | null;
	sentAt: string;
	/** A `servicer` is a member of the company who has written in the WeCom app. Messages sent by API never come. */
	from: 'customer' | 'servicer' | 'system';
	/** The member of the company who has written, or whom an event concerns. */
	servicerUserId: string | null;
	type: WeComMessageType;
	/** Readable by people for every type: the content, or what stands for it, such as `[Image]`. */
	text: string;
	/** The customer has tapped this item of a menu; `text` is its label. */
	menuId: string | null;
	/** The file of an image, voice, video or file message; null for all others. */
	media: WeComMedia | null;
	/** What may be answered; for messages of customers only. */
	replyWindow: WeComReplyWindow | null;
	/** For the type `event` only. */
	event: WeComEvent | null;
	/** The body of the message or event as WeCom has it. */
	details: Record<string, unknown>;
	/** `poll` if no callback told of it. */
	receivedBy: 'callback' | 'poll';
	/** 1; 2 and more if n8n ended while an execution for this message was under way. */
	attempt: number;
}

export type WeComMessageType =
	| 'text'
	| 'image'
	| 'voice'
	| 'video'
	| 'file'
	| 'location'
	| 'link'
	| 'businessCard'
	| 'miniprogram'
	| 'menu'
	| 'channelsShopProduct'
	| 'channelsShopOrder'
	| 'mergedMessages'
	| 'channels'
	| 'meeting'
	| 'schedule'
	| 'note'
	| 'event'
	/** WeCom has new types from time to time; `details` holds what came. */
	| 'unknown';

/** Expect empty values: WeChat reveals little (wecom-kf.md, 8.1). */
export interface WeComCustomer {
	nickname: string | null;
	avatarUrl: string | null;
	gender: 'male' | 'female' | null;
	/** Only if the company has bound a WeChat developer account. */
	unionId: string | null;
}

export interface WeComMedia {
	/** Good for three days. */
	mediaId: string;
	/** Known once the file is downloaded, and so are the next two. */
	fileName: string | null;
	mimeType: string | null;
	sizeBytes: number | null;
	/** Why the file is not there although Download Files is on; a sentence for people. */
	error: string | null;
}

export interface WeComReplyWindow {
	/** 48 hours after the message. */
	endsAt: string;
	/** Each message of a customer allows five messages by API. */
	messagesLeft: number;
}

export type WeComEventType =
	| 'enterSession'
	| 'sendFailed'
	| 'servicerStatusChanged'
	| 'sessionChanged'
	| 'customerRecalled'
	| 'servicerRecalled'
	| 'rejectSwitchChanged'
	| 'accountsChanged';

/** Each member is null unless the type of the event has it. */
export interface WeComEvent {
	/** An event that is not known yet bears WeCom's own name. */
	type: WeComEventType | (string & {});
	/** enterSession: the scene of the link or QR code. */
	scene: string | null;
	/** enterSession: what was appended to the link, taken apart. */
	sceneParameters: Record<string, string> | null;
	/** enterSession: allows one welcome message within 20 seconds. */
	welcomeCode: string | null;
	/** sendFailed: the id of our message. */
	failedMessageId: string | null;
	/** sendFailed: why, in words. */
	reason: string | null;
	/** sessionChanged. */
	change: 'takenFromPool' | 'transferred' | 'ended' | 'reopened' | null;
	/** sessionChanged: allows one message, for 20 seconds after the end and for 48 hours otherwise. */
	messageCode: string | null;
	oldServicerUserId: string | null;
	newServicerUserId: string | null;
	/** customerRecalled, servicerRecalled. */
	recalledMessageId: string | null;
	/** servicerStatusChanged. */
	status: 'receiving' | 'stopped' | 'suspended' | null;
	/** rejectSwitchChanged: whether the servicer refuses messages of this customer now. */
	isRejected: boolean | null;
	/** accountsChanged: ids of accounts that the app manages from now on. */
	accountsAdded: string[] | null;
	/** accountsChanged: ids of accounts that the app does not manage any more. */
	accountsRemoved: string[] | null;
}
