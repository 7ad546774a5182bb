/// The looks of the status page: light and dark by the reader's setting, a table on a desk and cards on a phone, every
/// state told by colour and by word.
enum StatusStyle {
    /// A red dot for the browser's tab, inside the page so that nothing is requested.
    static let badIcon: StaticString = """
        data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAABAAAAAQBAMAAADt3eJSAAAAGFBMVEXSKDAAAADaIyWqAFXNJy/TKDAAAAAAAABFwXpzAAAA\
        CHRSTlP5ABIDU4L//9tS+d0AAABMSURBVHjaYxAUFhRSFDQUZBA0VGVgCBIWZBAWYQACR0MGRgcQg0WAQYkBDJQYRCGMQAYBCIORQQHCYEIw4FJwxX\
        DtcAPhVsAthTkDAOZgBsfWLbiqAAAAAElFTkSuQmCC
        """
    /// A green dot.
    static let goodIcon: StaticString = """
        data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAABAAAAAQBAMAAADt3eJSAAAAGFBMVEUAAAAeklIPm1EejE4ekFEdjU8AAAAAAAAn5IOhAAAA\
        CHRSTlMA9AxTgvz//2oP3/AAAABQSURBVHjaY2BgYmBSYFBgYGBQUBENdGJiYGBiFgQCA6CgoWhoaKAwUIFgKBAIKjCwiIIYgQ4MjBCGAIMqhBGEYM\
        Cl4Irh2hEGwqyAWwpzBgAOSRWnDmsItQAAAABJRU5ErkJggg==
        """

    static let sheet: StaticString = """
        :root{--bg:#f5f6f8;--card:#fff;--ink:#1b2330;--dim:#566172;--line:#d8dde5;--link:#0a58a6;--onlink:#fff;
        --good:#0f6a36;--goodbg:#dcf3e4;--wait:#6f4a00;--waitbg:#fdeec8;--bad:#a8141c;--badbg:#fde0e0;--row:#fff6f6;
        --off:#465160;--offbg:#e6eaef}
        @media(prefers-color-scheme:dark){:root{--bg:#10141a;--card:#191f28;--ink:#e6eaf0;--dim:#a3aebc;--line:#303947;
        --link:#7fbaff;--onlink:#0d1117;--good:#83e3a9;--goodbg:#123322;--wait:#ffd77f;--waitbg:#3a2d0c;--bad:#ffa3a3;
        --badbg:#4a1b1f;--row:#25191f;--off:#bcc6d2;--offbg:#2b333f}}
        *{box-sizing:border-box}
        body{margin:0;background:var(--bg);color:var(--ink);font:15px/1.45 system-ui,-apple-system,"Segoe UI",sans-serif}
        main,header,footer{max-width:100rem;margin:0 auto;padding:0 1.25rem}header{padding-top:1.2rem}
        h1{font-size:1.05rem;margin:0;color:var(--dim);font-weight:600}
        h2{font-size:1.1rem;margin:2rem 0 .6rem}p{margin:.2rem 0}
        .verdict{font-size:1.45rem;line-height:1.3}
        a{color:var(--link);text-decoration:none}a:hover{text-decoration:underline}
        a.plain{color:inherit}a.plain:hover{color:var(--link)}
        :focus-visible{outline:2px solid var(--link);outline-offset:2px;border-radius:.2rem}
        td,li,.words,.tag,.mono{overflow-wrap:anywhere;unicode-bidi:isolate}
        .dim{color:var(--dim)}.err{color:var(--bad)}.small{font-size:.86rem}
        .mono{font-family:ui-monospace,"SFMono-Regular",Menlo,Consolas,monospace;font-size:.8rem}
        .choices{white-space:nowrap}.choices a,.choices b{padding:.1rem .3rem}
        .tiles{display:flex;flex-wrap:wrap;gap:.6rem;margin:.9rem 0}
        .tile{background:var(--card);border:1px solid var(--line);border-radius:.5rem;padding:.45rem .9rem;
        min-width:8rem;color:inherit}
        a.tile:hover{border-color:var(--link);text-decoration:none}
        .tile b{display:block;font-size:1.6rem;line-height:1.2;font-variant-numeric:tabular-nums}
        .tile.bad{background:var(--badbg);border-color:var(--bad);color:var(--bad)}.tile.good b{color:var(--good)}
        .note{border-left:4px solid var(--bad);background:var(--badbg);padding:.6rem .9rem;margin:.7rem 0;
        border-radius:.3rem}.note .dim{color:inherit}
        .note.warn{border-color:var(--wait);background:var(--waitbg)}.note ul{margin:.3rem 0;padding-left:1.2rem}
        .states{display:flex;flex-wrap:wrap;gap:.4rem;margin:.5rem 0}
        .chip{border:1px solid var(--line);border-radius:1rem;padding:.15rem .7rem;background:var(--card);color:inherit}
        .chip b{font-variant-numeric:tabular-nums}.chip:hover{border-color:var(--link);text-decoration:none}
        .chip[aria-current]{background:var(--link);border-color:var(--link);color:var(--onlink)}
        form{display:flex;flex-wrap:wrap;gap:.5rem 1rem;align-items:center;margin:.7rem 0}
        form label{white-space:nowrap}
        input,button{font:inherit;color:inherit}input[type=checkbox]{width:1.05rem;height:1.05rem;vertical-align:-.15rem}
        input[type=search],button{padding:.35rem .7rem;border:1px solid var(--line);border-radius:.4rem;
        background:var(--card)}
        input[type=search]{flex:1 1 16rem;max-width:30rem;min-width:0}::placeholder{color:var(--dim);opacity:1}
        button{cursor:pointer;background:var(--link);color:var(--onlink);border-color:var(--link);font-weight:600}
        nav.pages{margin:.7rem 0;display:flex;gap:.3rem 1.1rem;flex-wrap:wrap}nav .sorts{margin-left:auto}
        table{width:100%;border-collapse:separate;border-spacing:0;background:var(--card);border:1px solid var(--line);
        border-radius:.5rem}
        th,td{text-align:left;vertical-align:top;padding:.5rem .75rem}td{border-top:1px solid var(--line)}
        thead th{font-size:.84rem;color:var(--dim);white-space:nowrap;position:sticky;top:0;background:var(--card);
        border-radius:.5rem .5rem 0 0;z-index:1;box-shadow:0 1px var(--line)}
        tbody tr:first-child td{border-top:0}tr.trouble td{background:var(--row)}
        tr.trouble td:first-child{box-shadow:inset 3px 0 var(--bad)}
        .badge{display:inline-block;padding:.05rem .6rem;border-radius:1rem;font-weight:600;white-space:nowrap;
        background:var(--offbg);color:var(--off)}
        .badge.good{background:var(--goodbg);color:var(--good)}.badge.wait{background:var(--waitbg);color:var(--wait)}
        .badge.bad{background:var(--badbg);color:var(--bad)}
        .tag{display:inline-block;max-width:100%;background:var(--offbg);color:var(--off);border-radius:.3rem;
        padding:0 .45rem;margin-bottom:.15rem;font-size:.82rem}
        .tight time,.tight .small{white-space:nowrap}.functions .name{min-width:16rem}
        .functions .error{min-width:12rem}.functions .expected{min-width:6.5rem}.functions .labels{min-width:8.5rem}
        .error .mono{font-size:.74rem}@media(min-width:87rem){.functions .error{min-width:16rem}}
        @media(min-width:92rem){.functions .name{min-width:25rem}
        .functions .expected{min-width:8rem}}
        footer{padding:1.8rem 1.25rem 2.5rem;color:var(--dim);font-size:.86rem}
        @media(max-width:76rem){main,header,footer{padding-left:.8rem;padding-right:.8rem}
        thead{position:absolute;left:-999rem}table,tr{display:block;width:100%}table{border:0;background:none}
        tbody{display:grid;grid-template-columns:repeat(auto-fill,minmax(min(23rem,100%),1fr));gap:.6rem}
        tbody tr{display:flex;flex-direction:column;background:var(--card);border:1px solid var(--line);
        border-radius:.5rem;padding:.5rem 0;overflow:hidden}
        tr.trouble{background:var(--row);border-left:4px solid var(--bad)}tr.trouble td:first-child{box-shadow:none}
        tbody tr td,tbody tr:first-child td{display:block;border:0;padding:.12rem .8rem}
        tbody tr td:empty{display:none}.functions td[class]{min-width:0}
        .functions .name{order:-1}tbody tr td.name{padding-bottom:.3rem}
        tbody tr td[data-name]{padding-left:7.4rem;position:relative;min-height:1.5rem}
        td[data-name]::before{content:attr(data-name);position:absolute;left:.8rem;top:.2rem;color:var(--dim);
        font-size:.84rem}
        tbody tr td.state{display:flex;flex-wrap:wrap;gap:.1rem .5rem;align-items:baseline}
        nav.pages{gap:.5rem 1.1rem}nav .sorts{margin-left:0}
        .chip,button,.choices a{padding-top:.35rem;padding-bottom:.35rem}.tile{flex:1 1 6.5rem;min-width:0}}
        @media print{thead th{position:static}form,nav{display:none}}
        """
}
