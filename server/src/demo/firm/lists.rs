//! Names to draw from. All places and firms are invented; the families' names are common ones.

/// What is needed to name firms and people of one country.
#[derive(Debug)]
pub struct Country {
    /// Two-letter code.
    pub code: &'static str,
    /// Language of its people.
    pub language: &'static str,
    /// Time zone.
    pub zone: &'static str,
    /// Family names.
    pub families: &'static [&'static str],
    /// Given names of women, then of men.
    pub given: [&'static [&'static str]; 2],
    /// How a woman and a man are addressed.
    pub salutation: [&'static str; 2],
    /// Invented places.
    pub places: &'static [&'static str],
    /// Firms: `{f}` a family, `{p}` a place.
    pub firms: &'static [&'static str],
    /// Public bodies.
    pub public: &'static [&'static str],
    /// Telephone numbers, `#` a digit: ranges kept for fiction where the country has one.
    pub phone: &'static str,
}

/// France.
pub const FRANCE: Country = Country {
    code: "FR",
    language: "fr",
    zone: "Europe/Paris",
    families: &[
        "Morel",
        "Garnier",
        "Lefèvre",
        "Rousseau",
        "Chevalier",
        "Marchand",
        "Perrin",
        "Dumas",
        "Fontaine",
        "Roche",
        "Barbier",
        "Vasseur",
        "Lemoine",
        "Guérin",
        "Blanchard",
        "Carpentier",
        "Renaud",
        "Delorme",
        "Brunet",
        "Savary",
        "Picard",
        "Mercier",
        "Leclerc",
        "Charpentier",
        "Noël",
        "Aubert",
    ],
    given: [
        &[
            "Camille", "Sophie", "Hélène", "Nathalie", "Inès", "Claire", "Élodie", "Martine", "Aurélie",
            "Yasmine",
        ],
        &[
            "Julien", "Thomas", "Antoine", "Karim", "Olivier", "Pascal", "Mathieu", "Hugo", "Benoît",
            "Laurent",
        ],
    ],
    salutation: ["Madame", "Monsieur"],
    places: &[
        "Saint-Aubin-sur-Lys",
        "Montclair",
        "Roquebelle",
        "Val-d'Ombre",
        "Villeneuve-le-Pont",
        "Beaurivage",
        "Castelroux",
        "Fontenelles",
        "La Roche-aux-Pins",
        "Pontarlac",
        "Mirecourbe",
        "Sainte-Lucie-du-Lac",
    ],
    firms: &[
        "Hôtel {f}",
        "Brasserie {f}",
        "Galerie {f}",
        "Agencement {f}",
        "Architectes {f} & Associés",
        "Menuiserie {f}",
        "Maison {f}",
        "Décoration {f}",
        "Électricité {f}",
        "Hôtel de {p}",
        "Restaurants {f}",
        "Librairie {f}",
        "Clinique de {p}",
        "Intérieurs {f}",
        "Promotion {f}",
        "Domaine de {p}",
        "Théâtre de {p}",
        "Bureaux {f}",
    ],
    public: &[
        "Ville de {p}",
        "Centre hospitalier de {p}",
        "Lycée de {p}",
        "Musée de {p}",
        "Communauté de communes de {p}",
    ],
    phone: "+33 1 99 00 ## ##",
};

/// Germany.
pub const GERMANY: Country = Country {
    code: "DE",
    language: "de",
    zone: "Europe/Berlin",
    families: &[
        "Becker", "Hoffmann", "Krüger", "Lorenz", "Vogel", "Brandt", "Seidel", "Winkler", "Kaiser",
        "Ziegler", "Busch", "Engel",
    ],
    given: [
        &["Anna", "Katrin", "Sabine", "Lena", "Birgit", "Julia"],
        &["Stefan", "Jürgen", "Markus", "Tobias", "Felix", "Dieter"],
    ],
    salutation: ["Frau", "Herr"],
    places: &["Lindental", "Hohenmühl", "Altbrück", "Rosenfurt", "Grünhafen"],
    firms: &[
        "{f} Innenausbau GmbH",
        "Hotel {f}",
        "{f} Lichtplanung GmbH",
        "{f} & Söhne KG",
        "Möbelhaus {f}",
        "Architekturbüro {f}",
        "Gasthof {p}",
        "{f} Ladenbau GmbH",
    ],
    public: &["Stadtwerke {p}"],
    phone: "+49 30 23125 ###",
};

/// Spain.
pub const SPAIN: Country = Country {
    code: "ES",
    language: "es",
    zone: "Europe/Madrid",
    families: &[
        "Ortega", "Navarro", "Iglesias", "Vidal", "Serrano", "Molina", "Cano", "Prieto", "Rubio", "Santos",
        "Fuentes", "Campos",
    ],
    given: [
        &["Lucía", "Carmen", "Marta", "Elena", "Pilar", "Nuria"],
        &["Javier", "Diego", "Pablo", "Sergio", "Manuel", "Íñigo"],
    ],
    salutation: ["Señora", "Señor"],
    places: &[
        "Villaclara",
        "Puerto Alba",
        "Montesol",
        "Riofrío de la Vega",
        "Castañar",
    ],
    firms: &[
        "Hoteles {f} SL",
        "Interiores {f}",
        "Reformas {f} SL",
        "Restaurante {f}",
        "{f} Arquitectos",
        "Muebles {f} SA",
        "Parador de {p}",
        "Iluminación {f} SL",
    ],
    public: &["Ayuntamiento de {p}"],
    phone: "+34 900 000 ###",
};

/// Italy.
pub const ITALY: Country = Country {
    code: "IT",
    language: "it",
    zone: "Europe/Rome",
    families: &[
        "Ferrari", "Conti", "Galli", "Rinaldi", "Marini", "Greco", "Lombardi", "Barbieri", "Fontana",
        "Moretti", "Sala", "Villa",
    ],
    given: [
        &["Giulia", "Chiara", "Paola", "Francesca", "Silvia", "Elisa"],
        &["Marco", "Luca", "Paolo", "Andrea", "Matteo", "Davide"],
    ],
    salutation: ["Signora", "Signor"],
    places: &[
        "Borgoluce",
        "Montefiore al Lago",
        "Castelvento",
        "Rivabella",
        "Pietralunga",
    ],
    firms: &[
        "Albergo {f}",
        "Arredamenti {f} Srl",
        "Studio {f} Architetti",
        "{f} Illuminazione Srl",
        "Ristorante {f}",
        "Mobili {f} SpA",
        "Villa {p}",
        "Costruzioni {f} Srl",
    ],
    public: &["Comune di {p}"],
    phone: "+39 02 0000 ###",
};

/// Belgium.
pub const BELGIUM: Country = Country {
    code: "BE",
    language: "fr",
    zone: "Europe/Brussels",
    families: &[
        "Peeters", "Janssens", "Dubois", "Lambert", "Claes", "Wouters", "Dupont", "Maes", "Simon",
        "Goossens", "Leroy", "Denis",
    ],
    given: [
        &["Charlotte", "Ingrid", "Valérie", "Sarah", "Isabelle", "Els"],
        &["Koen", "Benoît", "Wim", "Xavier", "Jan", "Luc"],
    ],
    salutation: ["Madame", "Monsieur"],
    places: &[
        "Valdoré",
        "Zonnebrug",
        "Haute-Clairière",
        "Sint-Aldegond",
        "Pont-à-Lys",
    ],
    firms: &[
        "{f} Interieur NV",
        "Hôtel {f}",
        "Menuiserie {f} SRL",
        "{f} & Zonen BV",
        "Brasserie {f}",
        "Architectes {f} SRL",
        "Galerie {f}",
    ],
    public: &["Commune de {p}"],
    phone: "+32 2 000 0# ##",
};

/// The United Kingdom.
pub const UNITED_KINGDOM: Country = Country {
    code: "GB",
    language: "en",
    zone: "Europe/London",
    families: &[
        "Harrison",
        "Bennett",
        "Clarke",
        "Doyle",
        "Ellis",
        "Fletcher",
        "Griffiths",
        "Hughes",
        "Kerr",
        "Lawson",
        "Mason",
        "Norton",
        "Osborne",
        "Patel",
        "Quinn",
        "Reeves",
        "Sutton",
        "Turner",
        "Walsh",
        "Young",
    ],
    given: [
        &["Emily", "Charlotte", "Priya", "Hannah", "Margaret", "Olivia"],
        &["James", "Oliver", "Samuel", "George", "Arjun", "Peter"],
    ],
    salutation: ["Ms", "Mr"],
    places: &[
        "Ashcombe",
        "Millbrook Vale",
        "Thornwick",
        "Eastmere",
        "Kingsholt",
        "Fairhaven",
        "Northbury",
    ],
    firms: &[
        "{f} Interiors Ltd",
        "The {p} Hotel",
        "{f} & Sons Ltd",
        "{f} Architects LLP",
        "{f} Lighting Design Ltd",
        "{f} Shopfitting Ltd",
        "The {f} Gallery",
        "{f} Restaurants Ltd",
        "{p} Brewery Ltd",
        "{f} Developments plc",
        "{p} Theatre Trust",
    ],
    public: &["{p} Borough Council", "{p} NHS Trust", "{p} College"],
    phone: "+44 20 7946 0###",
};
