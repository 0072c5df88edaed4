/** The two values that encrypt and sign what WeCom sends to a trigger (Callback configuration, 90238). */
interface CallbackSecrets {
	callbackToken?: string;
	encodingAesKey?: string;
}

const LONGEST_TOKEN = 32;
const AES_KEY_LENGTH = 43;
const PLACE =
	'Copy it again from the page of your app in the WeCom admin console, Receive Messages (接收消息) > Set API Reception (设置API接收).';

/**
 * Whether the values can be what WeCom has made, or what people may choose there. Only a callback shows whether they
 * are the right ones.
 *
 * @returns null if both are missing or have the right form
 */
export function whatIsWrongWithCallbackSecrets(secrets: CallbackSecrets): string | null {
	const token = secrets.callbackToken?.trim() ?? '';
	const key = secrets.encodingAesKey?.trim() ?? '';
	if (/[^a-z\d]/i.test(token)) {
		return `The Callback Token contains something else than letters and digits. ${PLACE}`;
	}
	if (token.length > LONGEST_TOKEN) {
		return `The Callback Token has ${token.length} characters, and WeCom takes ${LONGEST_TOKEN} at most. ${PLACE}`;
	}
	if (/[^a-z\d]/i.test(key)) {
		return `The EncodingAESKey contains something else than letters and digits. ${PLACE}`;
	}
	if (key !== '' && key.length !== AES_KEY_LENGTH) {
		return `The EncodingAESKey has ${key.length} characters instead of ${AES_KEY_LENGTH}. ${PLACE}`;
	}
	if (token !== '' && key === '')
		return `The EncodingAESKey is missing beside the Callback Token. ${PLACE}`;
	if (token === '' && key !== '')
		return `The Callback Token is missing beside the EncodingAESKey. ${PLACE}`;
	return null;
}
