/// The style sheet of the status page: light and dark by the reader's setting, a table on a desk and cards on a phone,
/// every state told by colour and by word.
enum StatusStyle {
    static let sheet: StaticString = """
        :root{color-scheme:light dark;--bg:#f6f7f9;--card:#fff;--ink:#1c2430;--dim:#5b6675;--line:#d9dee5;--link:#0b5cad;
        --good:#11703a;--goodbg:#dcf3e4;--wait:#7a5200;--waitbg:#fdeec8;--bad:#b0161e;--badbg:#fde0e0;--off:#4a5563;--offbg:#e4e8ed}
        @media(prefers-color-scheme:dark){:root{--bg:#11151b;--card:#1a2029;--ink:#e6eaf0;--dim:#9aa6b5;--line:#2e3744;
        --link:#7cb8ff;--good:#7fe0a6;--goodbg:#123322;--wait:#ffd479;--waitbg:#3a2d0c;--bad:#ff9a9a;--badbg:#451a1e;
        --off:#b6c0cd;--offbg:#2a323d}}
        *{box-sizing:border-box}body{margin:0;background:var(--bg);color:var(--ink);font:15px/1.45 system-ui,sans-serif}
        main,header,footer{max-width:90rem;margin:0 auto;padding:0 1rem}header{padding-top:1.2rem}
        h1{font-size:1.35rem;margin:0 0 .2rem}h2{font-size:1.05rem;margin:1.8rem 0 .5rem}
        a{color:var(--link);text-decoration:none}a:hover{text-decoration:underline}p{margin:.3rem 0}
        .dim{color:var(--dim)}.small{font-size:.85rem}.mono{font-family:ui-monospace,monospace;font-size:.85rem;overflow-wrap:anywhere}
        .tiles{display:flex;flex-wrap:wrap;gap:.6rem;margin:1rem 0}
        .tile{background:var(--card);border:1px solid var(--line);border-radius:.5rem;padding:.5rem .9rem;min-width:7.5rem;color:inherit}
        .tile b{display:block;font-size:1.6rem;line-height:1.2;font-variant-numeric:tabular-nums}
        .tile.bad{background:var(--badbg);border-color:var(--bad);color:var(--bad)}.tile.good b{color:var(--good)}
        .note{border-left:4px solid var(--bad);background:var(--badbg);padding:.6rem .9rem;margin:.8rem 0;border-radius:.3rem}
        .note.warn{border-color:var(--wait);background:var(--waitbg)}.note ul{margin:.3rem 0;padding-left:1.2rem}
        form{display:flex;flex-wrap:wrap;gap:.5rem;align-items:center;margin:.8rem 0}
        input,select,button{font:inherit;padding:.3rem .6rem;border:1px solid var(--line);border-radius:.4rem;background:var(--card);color:inherit}
        input[type=search]{min-width:14rem;flex:1 1 14rem;max-width:28rem}button{cursor:pointer;background:var(--link);color:var(--card);border-color:var(--link)}
        table{width:100%;border-collapse:collapse;background:var(--card);border:1px solid var(--line);border-radius:.5rem}
        th,td{text-align:left;vertical-align:top;padding:.45rem .7rem;border-top:1px solid var(--line)}
        thead th{border-top:0;font-size:.85rem;color:var(--dim);white-space:nowrap}tr.trouble td{background:color-mix(in srgb,var(--badbg) 35%,transparent)}
        .badge{display:inline-block;padding:.05rem .55rem;border-radius:1rem;font-weight:600;white-space:nowrap;background:var(--offbg);color:var(--off)}
        .badge.good{background:var(--goodbg);color:var(--good)}.badge.wait{background:var(--waitbg);color:var(--wait)}
        .badge.bad{background:var(--badbg);color:var(--bad)}.tag{display:inline-block;background:var(--offbg);color:var(--off);border-radius:.3rem;padding:0 .4rem;margin:0 .2rem .2rem 0;font-size:.82rem}
        .err{color:var(--bad)}nav.pages{margin:.8rem 0;display:flex;gap:1rem;flex-wrap:wrap}footer{padding:1.5rem 1rem 2.5rem;color:var(--dim);font-size:.88rem}
        @media(max-width:50rem){thead{position:absolute;left:-999rem}table,tbody,tr,td{display:block;width:100%}
        table{border:0;background:none}tr{background:var(--card);border:1px solid var(--line);border-radius:.5rem;margin-bottom:.7rem;padding:.3rem 0}
        td{border:0;padding:.15rem .8rem}td[data-name]::before{content:attr(data-name);display:inline-block;min-width:6.2rem;color:var(--dim);font-size:.82rem}
        td:empty{display:none}.tile{flex:1 1 7rem;min-width:0}}
        """
}
