namespace Postern.Billing.Checkout;

/// <summary>Looks of the checkout pages, in both themes.</summary>
static class CheckoutStyle
{
    public const string Text = """
        :root { color-scheme: light dark; font: 16px/1.5 system-ui, sans-serif; --line: light-dark(#667, #99a); --paper: light-dark(#fff, #1b1d23); --wrong: light-dark(#b00020, #ff9d9d); }
        body { margin: 0; background: light-dark(#f4f5f7, #111318); color: light-dark(#16181d, #eceef2); }
        main { max-width: 34rem; margin: 0 auto; padding: 1.5rem 1rem 4rem; }
        aside { background: light-dark(#fff3c4, #4a3b00); border: 2px dashed light-dark(#8a6d00, #ffd75e); padding: .75rem 1rem; border-radius: .5rem; }
        aside ul { margin: .5rem 0 0; padding-left: 1.2rem; }
        code { white-space: nowrap; }
        fieldset { background: var(--paper); border: 1px solid var(--line); border-radius: .5rem; margin: 1rem 0; padding: .5rem 1rem 1rem; }
        legend { font-weight: 600; padding: 0 .4rem; }
        label { display: block; margin-top: .75rem; }
        input, select { box-sizing: border-box; width: 100%; font: inherit; padding: .5rem; border: 1px solid var(--line); border-radius: .35rem; background: var(--paper); color: inherit; }
        :is(input, select)[aria-invalid] { border-color: var(--wrong); }
        .wrong { border: 1px solid var(--wrong); border-radius: .5rem; padding: .75rem 1rem; margin: 1rem 0; }
        .wrong ul { margin: .25rem 0 0; padding-left: 1.2rem; }
        .wrong a { color: var(--wrong); }
        .error { color: var(--wrong); display: block; }
        .lines { white-space: pre-line; }
        dl { display: grid; grid-template-columns: 1fr auto; gap: .25rem 1rem; }
        dd { margin: 0; text-align: right; }
        button { font: inherit; font-weight: 600; padding: .6rem 1.4rem; margin-top: 1rem; border: 1px solid transparent; border-radius: .35rem; background: #1f4fd8; color: #fff; cursor: pointer; }
        button.plain { background: transparent; color: inherit; border-color: var(--line); }
        a { color: light-dark(#1f4fd8, #9db8ff); }
        :focus-visible { outline: 3px solid light-dark(#1f4fd8, #9db8ff); outline-offset: 2px; }
        """;
}
