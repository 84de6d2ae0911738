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
using Postern.Policies.Expressions;
using Postern.Policies.Expressions.Functions;
using Postern.Policies.Expressions.Models;
using Postern.Storage;
using Postern.Storage.Checks;
using Postern.Storage.Kinds;
using Postern.Storage.Objects;
using Postern.Storage.Sealing;
using Postern.Storage.Snapshots;

namespace Postern.Authenticators;

/// <summary>Wires second factors and passkeys: devices, the stages that set them up, the stage that asks for them.</summary>
public sealed class Module : IModule
{
    const string Models = "authentik.stages.authenticator";

    static readonly TimeSpan SmsTimeout = TimeSpan.FromSeconds(10);

    public void Register(IServiceCollection services)
    {
        services.AddSingleton<ITables, DeviceTables>();
        services.AddSingleton(new SealedColumn("totp_device", "pk", "seed", SealedFor.TotpSeed));
        Device(services, TotpDevice.Kind, "totp", "TOTPDevice");
        Device(services, StaticDevice.Kind, "static", "StaticDevice");
        Device(services, WebAuthnDevice.Kind, "webauthn", "WebAuthnDevice");
        Device(services, SmsDevice.Kind, "sms", "SMSDevice");
        Device(services, EmailDevice.Kind, "email", "EmailDevice");
        services.AddExpressionImport($"{Models}_duo.models", "DuoDevice", new NoObjects("DuoDevice"));
        services.AddScoped<UserDevices>().AddScoped<FindDevices>().AddScoped<AddDevice>().AddScoped<IObjectObserver, TellOfRemoval>().AddCheck<AdministratorsCheck>();

        services.AddStage<TotpStage, RunTotp>(TotpStage.Kind);
        services.AddStage<StaticStage, RunStatic>(StaticStage.Kind);
        services.AddStage<WebAuthnStage, RunWebAuthn>(WebAuthnStage.Kind);
        services.AddStage<SmsStage, RunSms>(SmsStage.Kind);
        services.AddStage<EmailSetupStage, RunEmailSetup>(EmailSetupStage.Kind);
        services.AddScoped<SendEmailCode>().AddScoped<SendSmsCode>().AddScoped<MapSms>();
        services.AddExpressionModel(new ExpressionModel<SmsStage>(SmsStage.Kind, "AuthenticatorSMSStage", $"{Models}_sms.models"));
        services.AddSingleton(static _ => new SmsHttp(new HttpClient { Timeout = SmsTimeout }));
        services.AddOutwardJob<DeliverSms>(DeliverSms.Kind);

        services.AddStage<ValidateStage, RunValidate>(ValidateStage.Kind);
        services.AddScoped<CheckCode>().AddScoped<CheckAssertion>().AddScoped<SendChosen>().AddScoped<Validated>().AddSingleton<LastValidation>();
        services.AddScoped(s => new PasskeySignIn(
            s.GetRequiredService<CheckAssertion>(), s.GetRequiredService<Validated>(), s.GetRequiredService<PosternDb>(), s.GetRequiredService<Snapshot<BrandPicture>>()));
    }

    public void Map(IEndpointRouteBuilder routes) => DeviceApi.Map(routes);

    static void Device<T>(IServiceCollection services, ModelKind<T> kind, string type, string className)
        where T : Device, new()
    {
        services.AddExpressionModel(new ExpressionModel<T>(kind, className, $"{Models}_{type}.models")
            .Column<int>("user", "user_pk").Column<int>("user_id", "user_pk").Column<bool>("confirmed", "confirmed")
            .Member("confirmed", static (device, _) => device.Confirmed));
        services.AddKind(kind);
        services.AddScoped<IUserDevices>(s => new DevicesOfType<T>(s.GetRequiredService<PosternDb>(), type));
    }
}
