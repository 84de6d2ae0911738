using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Postern.Api;
using Postern.Authenticators.Devices;
using Postern.Authenticators.Email;
using Postern.Authenticators.Sms;
using Postern.Authenticators.Static;
using Postern.Authenticators.Totp;
using Postern.Authenticators.Validate;
using Postern.Authenticators.WebAuthn;
using Postern.Brands;
using Postern.Flows.Running;
using Postern.Jobs;
using Postern.Policies.Expressions.Functions;
using Postern.Storage;
using Postern.Storage.Kinds;
using Postern.Storage.Objects;
using Postern.Storage.Snapshots;

namespace Postern.Authenticators;

/// <summary>Wires second factors and passkeys: devices, the stages that set them up, the stage that asks for them.</summary>
public sealed class Module : IModule
{
    static readonly TimeSpan SmsTimeout = TimeSpan.FromSeconds(10);

    public void Register(IServiceCollection services)
    {
        services.AddSingleton<ITables, DeviceTables>();
        Device(services, TotpDevice.Kind, "totp");
        Device(services, StaticDevice.Kind, "static");
        Device(services, WebAuthnDevice.Kind, "webauthn");
        Device(services, SmsDevice.Kind, "sms");
        Device(services, EmailDevice.Kind, "email");
        services.AddScoped<UserDevices>().AddScoped<AddDevice>().AddScoped<IObjectObserver, TellOfRemoval>();

        services.AddStage<TotpStage, RunTotp>(TotpStage.Kind);
        services.AddStage<StaticStage, RunStatic>(StaticStage.Kind);
        services.AddStage<WebAuthnStage, RunWebAuthn>(WebAuthnStage.Kind);
        services.AddStage<SmsStage, RunSms>(SmsStage.Kind);
        services.AddStage<EmailSetupStage, RunEmailSetup>(EmailSetupStage.Kind);
        services.AddScoped<SendEmailCode>().AddScoped<SendSmsCode>();
        services.AddSingleton(static _ => new SmsHttp(new HttpClient { Timeout = SmsTimeout }));
        services.AddJob<DeliverSms>(DeliverSms.Kind);

        services.AddStage<ValidateStage, RunValidate>(ValidateStage.Kind);
        services.AddScoped<CheckCode>().AddScoped<CheckAssertion>().AddScoped<SendChosen>().AddScoped<Validated>().AddSingleton<LastValidation>();
        services.AddScoped(s => new PasskeySignIn(
            s.GetRequiredService<CheckAssertion>(), s.GetRequiredService<Validated>(), s.GetRequiredService<PosternDb>(), s.GetRequiredService<Snapshot<BrandPicture>>()));
    }

    public void Map(IEndpointRouteBuilder routes) => DeviceApi.Map(routes);

    static void Device<T>(IServiceCollection services, ModelKind<T> kind, string type)
        where T : Device, new()
    {
        services.AddKind(kind);
        services.AddScoped<IUserDevices>(s => new DevicesOfType<T>(s.GetRequiredService<PosternDb>(), type));
    }
}
