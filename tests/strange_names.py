"""Names that the base does not know, in both scripts, and ordinary words: what people may type that must not be bent."""

from __future__ import annotations

CITIES = tuple(
    """Aachen Aalborg Abuja Accra Adelaide Agra Aleppo Alexandria Algiers Amman Amsterdam Ankara Antwerp Ashgabat Asmara Astana
    Asuncion Athens Atlanta Auckland Austin Baghdad Baku Baltimore Bamako Bangalore Bangkok Bangui Barcelona Basel Basra
    Beirut Belgrade Bergen Berlin Bern Bilbao Birmingham Bogota Bologna Bonn Bordeaux Boston Brasilia Bratislava Bremen
    Brisbane Bristol Brno Brussels Bucharest Budapest Burien Cairo Calgary Canberra Caracas Cardiff Casablanca Centralia
    Chennai Chicago Cincinnati Cologne Colombo Conakry Copenhagen Cordoba Cusco Dakar Dallas Damascus Delhi Denver Detroit
    Dhaka Djibouti Doha Dortmund Dresden Dubai Dublin Durban Dushanbe Edinburgh Essen Florence Frankfurt Freetown Fukuoka
    Gaborone Gdansk Geneva Genoa Georgetown Ghent Glasgow Gothenburg Granada Graz Grenoble Hague Halifax Hamburg Hanoi Harare
    Havana Helsinki Hiroshima Honolulu Houston Hyderabad Innsbruck Islamabad Istanbul Izmir Jaipur Jakarta Jerusalem
    Johannesburg Juba Kabul Kampala Kansas Karachi Kathmandu Khartoum Kiev Kigali Kingston Kinshasa Kobe Kolkata Krakow Kyoto
    Lagos Lahore Leeds Leicester Leipzig Libreville Lille Lilongwe Lima Linz Lisbon Liverpool Ljubljana Lodz Lome London Luanda
    Lusaka Luxembourg Lyon Macau Madrid Malaga Managua Manama Manchester Manila Maputo Marrakech Marseille Maseru Mecca
    Medellin Medina Melbourne Memphis Miami Milan Minneapolis Minsk Mogadishu Monaco Monrovia Montevideo Montreal Moscow Mumbai
    Munich Muscat Nagoya Nairobi Nantes Naples Nashville Nassau Niamey Nicosia Nottingham Nuremberg Odessa Osaka Oslo Ottawa
    Oxford Palermo Panama Paris Perth Philadelphia Phoenix Pittsburgh Plano Plovdiv Podgorica Porto Prague Pretoria Provo
    Pyongyang Quebec Quito Rabat Reykjavik Riga Riyadh Rome Rotterdam Salzburg Sapporo Sarajevo Seattle Seoul Seville
    Sheffield Singapore Skopje Sofia Split Stockholm Strasbourg Stuttgart Sydney Tallinn Tampa Tashkent Tbilisi Tehran Tirana
    Tokyo Toronto Toulouse Tripoli Trieste Tunis Turin Utrecht Valencia Vancouver Venice Verona Vienna Vilnius Warsaw
    Wellington Windhoek Winnipeg Yerevan Yokohama Zagreb Zurich""".split()
)
"""Cities abroad, by one word."""
ORDINARY = tuple(
    """apple banana bread bridge butter castle chair cloud coffee dinner doctor dragon elephant flower football garden ghost
    guitar hammer honey horse island jacket kitchen ladder lemon letter lion mirror monkey mountain music needle onion orange
    painter pencil pepper piano picture pillow planet potato rabbit ring river rocket salt shadow shoe silver snake soldier
    spider stone sugar summer table tiger tomato tower turtle umbrella urban valley vague violin wagon whisper window winter
    wizard wolf yellow zebra""".split()
)
"""English words that name nothing."""
