import type { Icon, ICredentialType, INodeProperties } from 'n8n-workflow';

export class WeComCustomerServiceApi implements ICredentialType {
	name = 'weComCustomerServiceApi';

	displayName = 'WeCom Customer Service API';

	icon: Icon = {
		light: 'file:../nodes/WeCom/weCom.svg',
		dark: 'file:../nodes/WeCom/weCom.dark.svg',
	};

	documentationUrl = 'https://github.com/callbridge/n8n-nodes-callbridge#connecting-wecom';

	properties: INodeProperties[] = [
		{
			displayName:
				'All values come from the WeCom admin console (work.weixin.qq.com). <b>Corp ID</b>: My Company (我的企业) &gt; Company Information (企业信息). <b>Secret</b>: App Management (应用管理) &gt; your app. On the page of the app also add the public IP address of n8n to the Company&apos;s Trusted IPs (企业可信IP). Under WeChat Customer Service (微信客服), list the app among the Apps That May Call the API (可调用接口的应用) and let it manage your accounts (通过API管理会话消息).',
			name: 'whereToFind',
			type: 'notice',
			default: '',
		},
		{
			displayName: 'Corp ID',
			name: 'corpId',
			type: 'string',
			default: '',
			required: true,
			placeholder: 'e.g. ww0123456789abcdef',
			description: 'From My Company (我的企业) > Company Information (企业信息), at the bottom',
		},
		{
			displayName: 'Secret',
			name: 'secret',
			type: 'string',
			typeOptions: { password: true },
			default: '',
			required: true,
			description: 'From App Management (应用管理) > your app. WeCom shows it in the WeCom app.',
		},
		{
			displayName:
				'Token and EncodingAESKey are needed by the trigger only. Find them on the page of your app under <b>Receive Messages (接收消息) &gt; Set API Reception (设置API接收)</b>, where you also paste the webhook URL of the trigger.',
			name: 'whereToFindCallback',
			type: 'notice',
			default: '',
		},
		{
			displayName: 'Callback Token',
			name: 'callbackToken',
			type: 'string',
			typeOptions: { password: true },
			default: '',
			description: 'Token on that page. At most 32 letters and digits.',
		},
		{
			displayName: 'EncodingAESKey',
			name: 'encodingAesKey',
			type: 'string',
			typeOptions: { password: true },
			default: '',
			description: 'EncodingAESKey on that page. Exactly 43 letters and digits.',
		},
		{
			displayName: 'API Address',
			name: 'apiBaseUrl',
			type: 'string',
			default: 'https://qyapi.weixin.qq.com',
			description:
				'Leave it as it is unless your requests to WeCom go through a proxy with a fixed IP address',
		},
	];
}
