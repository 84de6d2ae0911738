// The only script of flow pages; every page works without it.
import { revealPasswords } from './shared/reveal-password';
import { submitOnce } from './shared/submit-once';
import { captcha } from './flow/captcha';
import { rememberIdentifier } from './flow/remember-identifier';
import { moveOn } from './flow/move-on';
import { passkeys } from './flow/passkey';

revealPasswords(document);
submitOnce(document);
rememberIdentifier();
moveOn();
captcha();
passkeys();
document.querySelector<HTMLElement>('[data-focus]')?.focus();
