/** Of all pages: one column, system fonts, no more than two weights, colours by the reader's choice of light or dark. */
export const style = `
:root{color-scheme:light dark;--ground:#f5f6f8;--surface:#fff;--text:#1c2530;--soft:#5a6573;--line:#dfe3e9;--accent:#1a56b0;--on-accent:#fff;--good:#17693f;--good-ground:#e3f4ea;--bad:#a3281f;--bad-ground:#fbe9e7;--quiet-ground:#eceff3}
@media (prefers-color-scheme:dark){:root{--ground:#14181e;--surface:#1d232b;--text:#e8ecf1;--soft:#a3aebb;--line:#333c47;--accent:#8db8f5;--on-accent:#0e1d33;--good:#8ed9ae;--good-ground:#163526;--bad:#f3a69f;--bad-ground:#42211e;--quiet-ground:#2a323c}}
*{box-sizing:border-box}
body{margin:0;background:var(--ground);color:var(--text);font:1rem/1.5 system-ui,-apple-system,"Segoe UI",Roboto,"PingFang SC","Microsoft YaHei","Noto Sans","Noto Sans CJK SC",sans-serif;overflow-wrap:anywhere}
main{max-width:40rem;margin:0 auto;padding:2rem 1rem 3rem}
main.wide{max-width:64rem}
h1{font-size:1.5rem;line-height:1.25;margin:0 0 .25rem;font-weight:600;text-wrap:balance}
h2{font-size:1rem;margin:2rem 0 .5rem;font-weight:600}
p{margin:0 0 .75rem}
.number{font-size:1.5rem;line-height:1.25;font-variant-numeric:tabular-nums;margin:.75rem 0 .25rem}
.soft{color:var(--soft)}
small,.small{font-size:.875rem}
a{color:var(--accent);text-underline-offset:.15em}
:focus-visible{outline:3px solid var(--accent);outline-offset:2px;border-radius:.25rem}
.card{background:var(--surface);border:1px solid var(--line);border-radius:.75rem;padding:1.25rem}
ul.list{list-style:none;margin:1rem 0 0;padding:0;background:var(--surface);border:1px solid var(--line);border-radius:.75rem;overflow:hidden}
ul.list>li{padding:.75rem 1rem}
ul.list>li+li{border-top:1px solid var(--line)}
ul.list p{margin:0}
.choice{position:relative}
.choice:hover{background:var(--quiet-ground)}
.choice a{font-weight:600}
.choice a::after{content:"";position:absolute;inset:0}
.choice a:focus-visible{outline:none}
.choice a:focus-visible::after{outline:3px solid var(--accent);outline-offset:-3px;border-radius:.75rem}
.facts{display:flex;flex-wrap:wrap;gap:0 1rem}
.row{display:flex;flex-wrap:wrap;gap:.25rem 1rem;justify-content:space-between;align-items:baseline}
.tag{display:inline-block;padding:.05rem .55rem;border-radius:1rem;font-size:.875rem;background:var(--quiet-ground)}
.tag.good{background:var(--good-ground);color:var(--good)}
.tag.bad{background:var(--bad-ground);color:var(--bad)}
.button,button{display:inline-block;font:inherit;font-weight:600;padding:.6rem 1.25rem;border:1px solid var(--accent);border-radius:.5rem;background:var(--accent);color:var(--on-accent);text-decoration:none;cursor:pointer;text-align:center}
.button.plain{background:transparent;color:var(--accent)}
button[disabled]{opacity:.65;cursor:default}
.actions{display:flex;flex-direction:column;gap:.75rem}
details{background:var(--surface);border:1px solid var(--line);border-radius:.75rem}
summary{padding:.75rem 1rem;font-weight:600;color:var(--accent);cursor:pointer}
details form{padding:0 1rem 1rem}
label{display:block;margin:0 0 .75rem}
label>span{display:block;font-size:.875rem;color:var(--soft)}
input,textarea{width:100%;font:inherit;padding:.5rem .625rem;border:1px solid #79838f;border-radius:.5rem;background:var(--ground);color:var(--text)}
.state{display:flex;align-items:center;gap:.6rem;font-size:1.125rem;font-weight:600;margin:1.25rem 0 .25rem}
.state::before{content:"";flex:none;width:.75rem;height:.75rem;border-radius:50%;background:var(--soft)}
.state.good{color:var(--good)}
.state.good::before{background:var(--good)}
.state.bad{color:var(--bad)}
.state.bad::before{background:var(--bad)}
.state.busy::before{background:var(--accent)}
@media (prefers-reduced-motion:no-preference){.state.busy::before{animation:beat 1s ease-in-out infinite}@keyframes beat{50%{opacity:.25}}}
blockquote{margin:.75rem 0;padding:.5rem .875rem;border-left:3px solid var(--soft);background:var(--quiet-ground);border-radius:0 .5rem .5rem 0}
blockquote.bad{border-color:var(--bad);background:var(--bad-ground)}
.card form{margin-top:1.25rem}
.card>:last-child{margin-bottom:0}
.head{display:flex;flex-wrap:wrap;gap:.75rem 1rem;justify-content:space-between;align-items:center}
.head p{margin:0}
table{width:100%;border-collapse:collapse;margin-top:1rem;background:var(--surface);border:1px solid var(--line);border-radius:.75rem}
th,td{text-align:left;vertical-align:top;padding:.625rem 1rem}
th{font-size:.875rem;font-weight:600;color:var(--soft)}
td{border-top:1px solid var(--line)}
td.subject{width:50%}
td time{white-space:nowrap}
td time .soft{display:block;font-size:.875rem}
nav{display:flex;gap:1rem;align-items:center;justify-content:space-between;margin-top:1rem}
.hidden{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%);white-space:nowrap}
@media (max-width:40rem){main{padding-top:1.25rem}.button,button{width:100%}nav .button,.head .button{width:auto}
table,tbody,tr,td{display:block}thead{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%)}
tr{padding:.75rem 1rem}tbody tr+tr{border-top:1px solid var(--line)}
td{border:0;padding:0}td.subject{width:auto}td.part{display:inline-block;margin:.25rem .75rem 0 0;font-size:.875rem}td time .soft{display:inline;margin-left:.35rem}}
`;
