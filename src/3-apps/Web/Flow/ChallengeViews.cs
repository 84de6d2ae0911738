using System.Collections.Frozen;
using Postern.Web.Flow.Stages;

namespace Postern.Web.Flow;

/// <summary>Which view shows which challenge component; a new stage adds one line.</summary>
static class ChallengeViews
{
    static readonly FrozenDictionary<string, Type> views = new Dictionary<string, Type>(StringComparer.Ordinal)
    {
        ["ak-provider-oauth2-device-code"] = typeof(DeviceCodeView),
        ["ak-provider-oauth2-device-code-finish"] = typeof(DeviceFinishView),
        ["ak-provider-iframe-logout"] = typeof(FrontchannelView),
        ["ak-stage-access-denied"] = typeof(AccessDeniedView),
        ["ak-stage-authenticator-email"] = typeof(EmailSetupView),
        ["ak-stage-authenticator-sms"] = typeof(SmsSetupView),
        ["ak-stage-authenticator-static"] = typeof(StaticSetupView),
        ["ak-stage-authenticator-totp"] = typeof(TotpSetupView),
        ["ak-stage-authenticator-validate"] = typeof(ValidateView),
        ["ak-stage-authenticator-webauthn"] = typeof(PasskeySetupView),
        ["ak-stage-autosubmit"] = typeof(AutosubmitView),
        ["ak-stage-captcha"] = typeof(CaptchaView),
        ["ak-stage-consent"] = typeof(ConsentView),
        ["ak-stage-dummy"] = typeof(DummyView),
        ["ak-stage-email"] = typeof(EmailView),
        ["ak-stage-flow-error"] = typeof(FlowErrorView),
        ["ak-stage-identification"] = typeof(IdentificationView),
        ["ak-stage-password"] = typeof(PasswordView),
        ["ak-stage-prompt"] = typeof(PromptView),
        ["ak-stage-session-end"] = typeof(SessionEndView),
        ["ak-stage-user-login"] = typeof(UserLoginView),
        ["xak-flow-frame"] = typeof(FrameView),
        ["xak-flow-redirect"] = typeof(RedirectView),
        ["xak-flow-shell"] = typeof(ShellView),
    }.ToFrozenDictionary(StringComparer.Ordinal);

    public static Type For(string component) => views.GetValueOrDefault(component, typeof(UnknownView));
}
