using System.Net;
using Postern.Storage.Kinds;

namespace Postern.Policies.Reputation;

/// <summary>The declaration of reputation scores.</summary>
public static class ReputationScoreKind
{
    const Verbs Offered = Verbs.List | Verbs.Retrieve | Verbs.Delete | Verbs.UsedBy;

    public static readonly ModelKind<ReputationScore> Kind = ModelKind<ReputationScore>.Declare("authentik_policies_reputation.reputation", static (k, kind) =>
    {
        k.Labels("Reputation Score", "Reputation Scores").Path("policies/reputation/scores", Offered).PathParameter("reputation_uuid").Table("reputation").NotInBlueprints();
        k.Named(s => $"Reputation {s.Identifier}/{s.Ip} @ {s.Score}");
        k.Key(s => s.Pk);
        k.Text("identifier", s => s.Identifier).Required();
        k.Text("ip", s => s.Ip).Required();
        k.Json("ip_geo_data", s => s.IpGeoData);
        k.Json("ip_asn_data", s => s.IpAsnData);
        k.Integer("score", s => s.Score);
        k.Timestamp("updated", s => s.Updated).ReadOnly();
        k.Filters("identifier", "score");
        k.Filter("ip", static (query, values, errors) =>
        {
            var addresses = values.Select(v => IPAddress.TryParse(v, out var ip) ? ip.ToString() : v).ToList();
            return query.Where(s => addresses.Contains(s.Ip));
        });
        k.Filter("identifier_in", static (query, values, _) =>
        {
            var names = values.SelectMany(v => v.Split(',')).ToList();
            return query.Where(s => names.Contains(s.Identifier));
        });
        k.Search(s => s.Identifier, s => s.Ip);
        k.Order("-updated", "identifier", "ip", "score");
    });
}
