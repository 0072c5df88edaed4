import { apiAddressOf } from '../../../nodes/WeCom/transport/apiAddress';

it.each([
	[undefined, 'https://qyapi.weixin.qq.com/cgi-bin'],
	['', 'https://qyapi.weixin.qq.com/cgi-bin'],
	['https://qyapi.weixin.qq.com', 'https://qyapi.weixin.qq.com/cgi-bin'],
	[' https://qyapi.weixin.qq.com/ ', 'https://qyapi.weixin.qq.com/cgi-bin'],
	['https://qyapi.weixin.qq.com/cgi-bin/', 'https://qyapi.weixin.qq.com/cgi-bin'],
	['qyapi.weixin.qq.com', 'https://qyapi.weixin.qq.com/cgi-bin'],
	['http://127.0.0.1:8080', 'http://127.0.0.1:8080/cgi-bin'],
	['https://proxy.example/wecom/cgi-bin?x=1#y', 'https://proxy.example/wecom/cgi-bin'],
])('%s is %s', (typed, address) => {
	expect(apiAddressOf(typed)).toBe(address);
});

it.each(['ftp://files.example', 'https://', 'two words'])('%s is no web address', (typed) => {
	expect(() => apiAddressOf(typed)).toThrow('not a web address');
});
