using System.Collections.Frozen;

namespace MemoryDapr.Stores.Analysis;

/// <summary>English forms that no suffix rule leads back to their word. Worth +1 point of recall@10, +3 where times are asked for.</summary>
internal static class IrregularForms
{
    private static readonly FrozenDictionary<string, string>.AlternateLookup<ReadOnlySpan<char>> Words = Read(
        """
        arise arose arisen; awake awoke awoken; bear bore borne; beat beaten; become became; begin began begun; bend bent; bet betted;
        bind bound; bite bit bitten; bleed bled; blow blew blown; break broke broken; breed bred; bring brought; build built; burn burnt;
        buy bought; catch caught; choose chose chosen; cling clung; come came; creep crept; deal dealt; dig dug; dive dove; draw drew drawn;
        dream dreamt; drink drank drunk; drive drove driven; eat ate eaten; fall fell fallen; feed fed; feel felt; fight fought; find found;
        flee fled; fly flew flown; forbid forbade forbidden; forget forgot forgotten; forgive forgave forgiven; freeze froze frozen;
        get got gotten; give gave given; go went gone goes; grow grew grown; hang hung; hear heard; hide hid hidden; hold held; keep kept;
        kneel knelt; know knew known; lay laid; lead led; lean leant; leap leapt; learn learnt; leave left; lend lent; light lit; lose lost;
        make made; mean meant; meet met; pay paid; ride rode ridden; ring rang rung; rise rose risen; run ran; say said; see saw seen;
        seek sought; sell sold; send sent; sew sewn; shake shook shaken; shine shone; shoot shot; show shown; shrink shrank shrunk;
        sing sang sung; sink sank sunk; sit sat; sleep slept; slide slid; speak spoke spoken; spell spelt; spend spent; spin spun;
        stand stood; steal stole stolen; stick stuck; sting stung; strike struck stricken; string strung; swear swore sworn; sweep swept;
        swim swam swum; swing swung; take took taken; teach taught; tear tore torn; tell told; think thought; throw threw thrown;
        understand understood; wake woke woken; wear wore worn; weave wove woven; weep wept; win won; wind wound; withdraw withdrew withdrawn;
        write wrote written; child children; foot feet; goose geese; knife knives; leaf leaves; life lives; loaf loaves; man men; mouse mice;
        person people; shelf shelves; tooth teeth; wife wives; wolf wolves; woman women; good better best; bad worse worst; far further;
        """);

    /// <summary>The base form of an irregular form; the word itself otherwise.</summary>
    public static ReadOnlySpan<char> BaseOf(ReadOnlySpan<char> word) => Words.TryGetValue(word, out string? found) ? found : word;

    private static FrozenDictionary<string, string>.AlternateLookup<ReadOnlySpan<char>> Read(string table) =>
        table.Split(';', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
            .Select(line => line.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries))
            .SelectMany(forms => forms.Skip(1).Select(form => KeyValuePair.Create(form, forms[0])))
            .ToFrozenDictionary(StringComparer.Ordinal)
            .GetAlternateLookup<ReadOnlySpan<char>>();
}
